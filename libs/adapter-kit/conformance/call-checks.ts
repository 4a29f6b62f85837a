import assert from 'node:assert/strict';
import type { Reason, Said } from '#contracts';
import type { Check } from './check.ts';
import { playing, type Behaviour } from './fake-endpoint.ts';
import { bodyOf } from './fixtures.ts';
import { inquiryAbout, personalOf } from './given.ts';
import { mentions } from './mentions.ts';
import { mutationsOf } from './mutations.ts';
import { assertNothingPersonal, recordedCall } from './recorded.ts';
import type { Trial } from './trial.ts';

/** Mode ticket is tried by the same checks: an asking is then submitted and collected to its end. */
const inModeCall: Check['appliesTo'] = ({ mode }) => mode === 'call' || mode === 'ticket';
const check = (id: string, says: string, run: Check['run']): Check => ({ id, says, appliesTo: inModeCall, run });

/** The inquiry that the recorded finding is about. */
const recordedInquiry = (trial: Trial) => inquiryAbout(recordedCall(trial, 'found').debtor);

function playFound(trial: Trial): void {
  trial.endpoint.behaveAs(playing(recordedCall(trial, 'found').exchanges).behave);
}

const reasonOf = (said: Said): string => (said.verdict === 'no-answer' ? said.reason : said.verdict);

const failsAs = (id: string, reason: Reason, [occasion, ...behaviours]: readonly [string, ...Behaviour[]]): Check =>
  check(id, `reports ${reason} when ${occasion}`, async (trial) => {
    for (const behaviour of behaviours) {
      trial.endpoint.behaveAs(behaviour);
      assert.equal(reasonOf(await trial.ask(recordedInquiry(trial))), reason);
    }
  });

const ok = (type: string, body: string): Behaviour => ({ status: 200, headers: { 'content-type': type }, body });
const logInPage = '<!DOCTYPE html><html><body><form>log in</form></body></html>';

/** What every answer on a wire may meet; no status and no silence ever means `nothing`. */
const failures: readonly Check[] = [
  failsAs('CT-10', 'unavailable', ['the endpoint replies 503', { status: 503 }]),
  failsAs('CT-11', 'throttled', ['the endpoint replies 429', { status: 429 }]),
  failsAs('CT-12', 'unauthorized', ['the endpoint replies 401', { status: 401 }]),
  failsAs('CT-13', 'unauthorized', ['the endpoint replies 403', { status: 403 }]),
  failsAs('CT-14', 'unintelligible', ['the endpoint replies 404', { status: 404 }]),
  failsAs('CT-15', 'unavailable', ['the connection breaks', 'break']),
  failsAs('CT-16', 'unauthorized', [
    'a log-in page comes instead of a reply',
    ok('text/html', logInPage),
    ok('text/xml', logInPage),
  ]),
  failsAs('CT-17', 'unintelligible', ['the reply is empty', { status: 200 }]),
  failsAs('CT-18', 'unintelligible', [
    'the reply is not in the agreed format',
    ok('application/json', '{"surprise":[]}'),
    ok('application/json', '[]'),
    ok('text/xml', '<surprise/>'),
    ok('text/plain', 'all is well'),
    { status: 200, body: Uint8Array.of(0xff, 0xfe, 0x00, 0x81) },
  ]),
  check('CT-19', 'passes on how long to wait when throttled', async (trial) => {
    trial.endpoint.behaveAs({ status: 429, headers: { 'retry-after': '7' } });
    assert.equal((await trial.failureOf(recordedInquiry(trial))).retryAfterMs, 7_000);
  }),
];

const cancelling: readonly Check[] = [
  check('CT-20', 'sends no request when it is already cancelled', async (trial) => {
    assert.equal((await trial.failureOf(recordedInquiry(trial), AbortSignal.abort())).reason, 'cancelled');
    assert.equal(trial.endpoint.requests.length, 0);
  }),
  check('CT-21', 'stops within 100 ms when it is cancelled midway', async (trial) => {
    const cancel = new AbortController();
    let cancelledMs = Number.NaN;
    trial.endpoint.behaveAs(() => {
      cancelledMs = performance.now();
      cancel.abort();
      return 'silence';
    });
    assert.equal((await trial.failureOf(recordedInquiry(trial), cancel.signal)).reason, 'cancelled');
    assert.ok(performance.now() - cancelledMs < 100, 'it went on after it was cancelled');
  }),
];

const apart: readonly Check[] = [
  check('CT-30', 'keeps concurrent inquiries apart', async (trial) => {
    const fixture = recordedCall(trial, 'found');
    const other = inquiryAbout(fixture.debtor === 'other-person' ? 'person' : 'other-person');
    const [, otherNumber = ''] = personalOf(other);
    const own = playing(fixture.exchanges);
    trial.endpoint.behaveAs((asked) => (mentions(asked.body, otherNumber) ? { status: 503 } : own.behave(asked)));
    const alone = reasonOf(await trial.ask(recordedInquiry(trial)));
    own.restart();
    const [first, second] = await Promise.all([trial.ask(recordedInquiry(trial)), trial.ask(other)]);
    assert.deepEqual([alone, reasonOf(first), reasonOf(second)], ['found', 'found', 'unavailable']);
  }),
  check('CT-31', 'asks again when it is asked again', async (trial) => {
    const inquiry = recordedInquiry(trial);
    const [, number = ''] = personalOf(inquiry);
    const asked = (): number => trial.endpoint.requests.filter(({ body }) => mentions(body, number)).length;
    playFound(trial);
    await trial.ask(inquiry);
    const once = asked();
    playFound(trial);
    await trial.ask(inquiry);
    assert.ok(once > 0, 'the debtor was not asked about');
    assert.ok(asked() > once, 'the second asking was answered without the agency');
  }),
];

const discreet: readonly Check[] = [
  check('CT-32', 'keeps the debtor out of the address and the headers of its requests', async (trial) => {
    const inquiry = recordedInquiry(trial);
    playFound(trial);
    await trial.ask(inquiry);
    const { requests } = trial.endpoint;
    assert.ok(requests.length > 0, 'nothing was sent');
    assertNothingPersonal(
      requests.map(({ path, headers }) => [decodeURIComponent(path), headers]),
      personalOf(inquiry),
    );
  }),
  check('CT-33', 'keeps the debtor out of failures and log lines', async (trial) => {
    const inquiry = recordedInquiry(trial);
    const [name = '', number = ''] = personalOf(inquiry);
    for (const body of [JSON.stringify({ [name]: number }), `<${name}>${number}</${name}>`, `${name} ${number}`]) {
      trial.endpoint.behaveAs(ok('text/plain', body));
      const { message, stack, cause } = await trial.failureOf(inquiry);
      assertNothingPersonal([message, stack, cause, trial.logged], [name, number]);
    }
  }),
  check('CT-34', 'sends a rare name exactly, or sends nothing', async (trial) => {
    const inquiry = inquiryAbout('rare');
    trial.endpoint.behaveAs({ status: 503 });
    const said = await trial.ask(inquiry);
    const mangled = trial.endpoint.requests.filter(
      ({ body }) => mentions(body, '野') && !mentions(body, inquiry.debtor.name),
    );
    assert.equal(mangled.length, 0, 'a mangled name was sent');
    if (said.verdict === 'no-answer' && said.reasonCode === 'lossy-encoding')
      assert.equal(said.reason, 'identity-mismatch');
    else assert.ok(trial.endpoint.requests.length > 0, 'nothing was sent, and not because of the name');
  }),
];

const honest: readonly Check[] = [
  check('CT-40', 'never says nothing for a finding with a field renamed, removed or cut off', async (trial) => {
    const { exchanges } = recordedCall(trial, 'found');
    const last = exchanges.at(-1);
    assert.ok(last);
    const text = Buffer.from(bodyOf(last.reply)).toString('utf8');
    for (const mutation of mutationsOf(text)) {
      const spoilt = { ...last, reply: { ...last.reply, body: mutation.text, bodyBase64: undefined } };
      trial.endpoint.behaveAs(playing([...exchanges.slice(0, -1), spoilt]).behave);
      assert.notEqual((await trial.ask(recordedInquiry(trial))).verdict, 'nothing', mutation.what);
    }
  }),
  check('CT-41', 'never says nothing or found for an answer about another person', async (trial) => {
    const { debtor, exchanges } = recordedCall(trial, 'found');
    trial.endpoint.behaveAs(playing(exchanges).behave);
    const { verdict } = await trial.ask(inquiryAbout(debtor === 'other-person' ? 'person' : 'other-person'));
    assert.equal(verdict, 'no-answer');
  }),
];

/** Modes `call` and `ticket`: we ask, and the agency answers in the same exchange or in a later one. */
export const callChecks: readonly Check[] = [...failures, ...cancelling, ...apart, ...discreet, ...honest];
