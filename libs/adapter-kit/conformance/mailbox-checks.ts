import assert from 'node:assert/strict';
import type { Agency } from '#contracts';
import type { Check } from './check.ts';
import { inquiryAbout, personalOf } from './given.ts';
import { mutationsOf } from './mutations.ts';
import { assertNothingPersonal, recordedFeedback } from './recorded.ts';
import { taskFor, type ReadReply, type Trial } from './trial.ts';

const inModeMailbox: Check['appliesTo'] = ({ mode }) => mode === 'mailbox';
const check = (id: string, says: string, run: Check['run']): Check => ({ id, says, appliesTo: inModeMailbox, run });

const otherNumber = '20261101000000000999';

/** The recorded finding, with its task lying in the mailbox of its agency. */
function laidOut(trial: Trial, verdict: 'found' | 'nothing' = 'found') {
  const fixture = recordedFeedback(trial, verdict);
  const { operation, body, requestNumber } = fixture.feedback;
  const agency = agencyOf(trial, fixture.feedback.agencyId);
  const task = taskFor({ agency, requestNumber, fixture });
  return { fixture, agency, task, box: trial.openMailbox(task), call: { operation, body, agencyId: agency.agencyId } };
}

function agencyOf({ options, agency }: Trial, agencyId: string | undefined): Agency {
  const found = agencyId === undefined ? agency : options.agencies.find((each) => each.agencyId === agencyId);
  assert.ok(found, 'a fixture names an agency that the spec does not give');
  return found;
}

function strangerOf({ options }: Trial, { agencyId }: Agency): Agency {
  const stranger = options.agencies.find((each) => each.agencyId !== agencyId);
  assert.ok(stranger, 'the spec gives only one agency');
  return stranger;
}

function fetchTasks(trial: Trial, box: ReturnType<Trial['openMailbox']>, agencyId: string): Promise<ReadReply> {
  assert.ok(trial.options.fetchTasks, 'the spec gives no fetchTasks');
  return trial.call(box, { ...trial.options.fetchTasks, agencyId });
}

const handingOut: readonly Check[] = [
  check('CM-01', 'hands a task out again until it is fed back, and then no more', async (trial) => {
    const { agency, task, box, call } = laidOut(trial);
    for (const time of ['first', 'second']) {
      const { text } = await fetchTasks(trial, box, agency.agencyId);
      assert.ok(text.includes(task.requestNumber), `the task was not handed out the ${time} time`);
    }
    await trial.call(box, call);
    assert.equal(box.fedBack.length, 1, 'the feedback did not arrive');
    const { text } = await fetchTasks(trial, box, agency.agencyId);
    assert.ok(!text.includes(task.requestNumber), 'the task was handed out after it was fed back');
  }),
  check('CM-02', 'hands out only the tasks of the agency that logs in', async (trial) => {
    const { agency, task } = laidOut(trial);
    const stranger = strangerOf(trial, agency);
    const box = trial.openMailbox(task, taskFor({ agency: stranger, requestNumber: otherNumber }));
    const { text } = await fetchTasks(trial, box, stranger.agencyId);
    assert.ok(text.includes(otherNumber), 'the own task was not handed out');
    assert.ok(!text.includes(task.requestNumber), 'the task of another agency was handed out');
    assert.deepEqual([...new Set(box.handedOutTo)], [stranger.agencyId]);
  }),
  check('CM-03', 'gives no task to, and takes no answer from, a wrong login', async (trial) => {
    const { task, box, call } = laidOut(trial);
    assert.ok(trial.options.fetchTasks, 'the spec gives no fetchTasks');
    const replies = [
      await trial.call(box, { ...trial.options.fetchTasks, agencyId: call.agencyId, login: 'wrong' }),
      await trial.call(box, { ...call, login: 'wrong' }),
    ];
    assert.deepEqual([box.handedOutTo, box.fedBack], [[], []]);
    assert.ok(
      replies.every(({ text }) => !text.includes(task.requestNumber)),
      'a request number was told',
    );
    assert.ok(
      replies.every(({ text, status }) => text !== '' || status >= 400),
      'the caller was not told anything',
    );
  }),
  check('CM-04', 'hands out a rare name exactly, or not at all', async (trial) => {
    const { agency, task } = laidOut(trial);
    const inquiry = inquiryAbout('rare');
    const unsendable = trial.session.unsendable?.(inquiry, agency) ?? null;
    const box = trial.openMailbox({ ...task, inquiry });
    const { text } = await fetchTasks(trial, box, agency.agencyId);
    assert.ok(!text.includes('野') || text.includes(inquiry.debtor.name), 'a mangled name was handed out');
    if (unsendable === null) assert.ok(text.includes(inquiry.debtor.name), 'the name can be sent, but was not');
    else
      assert.deepEqual(
        [unsendable.verdict, 'reason' in unsendable && unsendable.reason],
        ['no-answer', 'identity-mismatch'],
      );
    assert.equal(trial.session.unsendable?.(task.inquiry, agency) ?? null, null, 'an ordinary name was refused');
  }),
];

const takingIn: readonly Check[] = [
  check('CM-10', 'quarantines an answer to an unknown request number, and to that of another agency', async (trial) => {
    const { agency, call, task } = laidOut(trial);
    const stranger = strangerOf(trial, agency);
    for (const box of [trial.openMailbox(), trial.openMailbox({ ...task, agency: stranger })]) {
      await trial.call(box, call);
      assert.deepEqual([box.fedBack, box.quarantined.length > 0], [[], true]);
    }
  }),
  check('CM-11', 'quarantines what it cannot decode, and never drops it', async (trial) => {
    const { call, task } = laidOut(trial);
    assert.ok(trial.options.encodeDoorCall, 'the spec gives no encodeDoorCall');
    const right = trial.options.encodeDoorCall({ ...call, login: 'right' });
    for (const body of [Uint8Array.of(0xff, 0xfe, 0x81, 0x00, 0x41), Buffer.from('not what was agreed')]) {
      const box = trial.openMailbox(task);
      await trial.send(box, { ...right, body });
      assert.deepEqual([box.fedBack, box.quarantined.length], [[], 1]);
    }
    for (const body of ['not what was agreed', call.body.slice(0, call.body.length / 2)]) {
      const box = trial.openMailbox(task);
      await trial.call(box, { ...call, body });
      assert.deepEqual([box.fedBack, box.quarantined.length], [[], 1]);
    }
  }),
  check('CM-12', 'tells success when the same answer comes twice', async (trial) => {
    const { fixture, box, call } = laidOut(trial);
    const first = await trial.call(box, call);
    const second = await trial.call(box, call);
    const [one, two] = box.fedBack;
    assert.deepEqual(two?.said, one?.said);
    assert.equal(second.status, first.status);
    const told = fixture.repeatIncludes ?? [];
    assert.deepEqual(
      told.filter((each) => !second.text.includes(each)),
      [],
    );
    if (told.length === 0) assert.equal(second.text, first.text, 'the second time was told something else');
  }),
  check('CM-13', 'does not tell success for an answer that could not be kept', async (trial) => {
    const { box, call } = laidOut(trial);
    const kept = await trial.call(box, call);
    const broken = laidOut(trial).box;
    broken.breakDown();
    const told = await trial.call(broken, call).then(
      ({ text, status }) => ({ text, status }),
      () => null, // passed on as a fault of the gateway, which the door turns into a status
    );
    assert.ok(told === null || told.text !== kept.text, 'success was told, and nothing was kept');
  }),
  check('CM-14', 'gives its signal to the mailbox', async (trial) => {
    const { box, call } = laidOut(trial);
    assert.ok(trial.options.encodeDoorCall, 'the spec gives no encodeDoorCall');
    const request = trial.options.encodeDoorCall({ ...call, login: 'right' });
    await trial.send(box, request, AbortSignal.abort()).catch(() => undefined);
    assert.deepEqual(box.fedBack, []);
  }),
];

const honest: readonly Check[] = [
  check('CM-20', 'never says nothing for an empty feedback', async (trial) => {
    const { call, task } = laidOut(trial, 'nothing');
    for (const body of ['', ' ', '{}', '[]', '<empty/>']) {
      const box = trial.openMailbox(task);
      await trial.call(box, { ...call, body });
      assert.ok(box.fedBack.every(({ said }) => said.verdict !== 'nothing'));
    }
  }),
  check('CM-21', 'never says nothing for a finding with a field renamed, removed or cut off', async (trial) => {
    const { call, task } = laidOut(trial);
    for (const { what, text } of mutationsOf(call.body)) {
      const box = trial.openMailbox(task);
      await trial.call(box, { ...call, body: text });
      assert.ok(
        box.fedBack.every(({ said }) => said.verdict !== 'nothing'),
        what,
      );
    }
  }),
  check('CM-22', 'keeps the debtor out of log lines and of what it says about quarantined bytes', async (trial) => {
    const { call, task, box } = laidOut(trial);
    const personal = personalOf(task.inquiry);
    for (const { text } of mutationsOf(call.body)) await trial.call(box, { ...call, body: text });
    await trial.call(box, { ...call, body: personal.join(' ') });
    assertNothingPersonal([trial.logged, box.quarantined], personal);
  }),
  check('CM-23', 'is called under the paths it names', async (trial) => {
    const { call } = laidOut(trial);
    const path = trial.options.encodeDoorCall?.({ ...call, login: 'right' }).path ?? '';
    assert.ok(trial.session.doorPaths?.includes(path.replace(/\?.*$/, '')), 'the door has another path');
  }),
];

/** Mode `mailbox`: the agency fetches its tasks at our door and feeds back there. */
export const mailboxChecks: readonly Check[] = [...handingOut, ...takingIn, ...honest];
