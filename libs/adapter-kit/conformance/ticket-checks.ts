import assert from 'node:assert/strict';
import type { Reason, Ticket, Ticketed } from '#contracts';
import type { Check } from './check.ts';
import { playing, type Behaviour } from './fake-endpoint.ts';
import { bodyOf, type Exchange, type Fixture } from './fixtures.ts';
import { inquiryAbout, personalOf, requestNumber } from './given.ts';
import { mentions } from './mentions.ts';
import { mutationsOf } from './mutations.ts';
import { assertNothingPersonal, recordedCall } from './recorded.ts';
import type { Trial } from './trial.ts';

const check = (id: string, says: string, run: Check['run']): Check => ({
  id,
  says,
  appliesTo: ({ mode }) => mode === 'ticket',
  run,
});

type Pending = Fixture & { readonly exchanges: readonly Exchange[] };

/** The first recorded case in which the agency is not ready. */
function recordedPending({ fixtures }: Trial): Pending {
  const isPending = ({ said, failure }: Fixture): boolean =>
    said?.verdict === 'no-answer' ? said.reason === 'pending' : failure?.reason === 'pending';
  const fixture = fixtures.find((each) => isPending(each) && each.exchanges?.length === 1);
  assert.ok(fixture?.exchanges, 'no fixture in which the agency is not ready after one exchange');
  return { ...fixture, exchanges: fixture.exchanges };
}

/** An asking that was submitted and is not answered yet, with its ticket. */
async function submitted(trial: Trial) {
  const pending = recordedPending(trial);
  const inquiry = inquiryAbout(pending.debtor);
  trial.endpoint.behaveAs(playing(pending.exchanges).behave);
  const { said, ticket } = await trial.step(inquiry, null);
  assert.ok(said.verdict === 'no-answer' && said.reason === 'pending', `not pending, but ${said.verdict}`);
  assert.ok(ticket !== null, 'nothing to collect an answer with');
  const before = trial.endpoint.requests.length;
  return { inquiry, ticket, pending, sentSince: () => trial.endpoint.requests.slice(before) };
}

const failureOf = async (taken: Promise<Ticketed>): Promise<unknown> =>
  taken.then(
    ({ said }) => (said.verdict === 'no-answer' ? said.reason : said.verdict),
    (error: unknown) => (error instanceof Error && 'reason' in error ? error.reason : error),
  );

const collectFailsAs: readonly (readonly [Reason, Behaviour])[] = [
  ['unavailable', { status: 503 }],
  ['throttled', { status: 429 }],
  ['unauthorized', { status: 401 }],
  ['unavailable', 'break'],
  ['unintelligible', { status: 200 }],
  ['unintelligible', { status: 200, headers: { 'content-type': 'text/xml' }, body: '<surprise/>' }],
];

/** Mode `ticket`: we ask, and collect the answer until it is there. */
export const ticketChecks: readonly Check[] = [
  check(
    'CK-01',
    'keeps an agency that is not ready pending, with a ticket, however often it is asked',
    async (trial) => {
      const { inquiry, ticket } = await submitted(trial);
      let standing: Ticket = ticket;
      for (const time of [1, 2, 3]) {
        const { said, ticket: next } = await trial.step(inquiry, standing);
        assert.equal(said.verdict === 'no-answer' && said.reason, 'pending', `collection ${time}`);
        assert.equal(said.verdict === 'no-answer' && said.stage, 'acknowledged', 'its stage');
        assert.ok(next !== null, `no ticket after collection ${time}`);
        standing = next;
      }
    },
  ),
  check('CK-02', 'has nothing more to collect once the agency has said all', async (trial) => {
    for (const verdict of ['found', 'nothing'] as const) {
      const { debtor, exchanges } = recordedCall(trial, verdict);
      trial.endpoint.behaveAs(playing(exchanges).behave);
      const last = (await trial.steps(inquiryAbout(debtor))).at(-1);
      assert.deepEqual([last?.said.verdict, last?.ticket], [verdict, null]);
    }
  }),
  check('CK-03', 'collects under the request number of the asking', async (trial) => {
    const { inquiry, ticket, sentSince } = await submitted(trial);
    await trial.step(inquiry, ticket);
    assert.ok(sentSince().length > 0, 'nothing was sent');
    assert.ok(
      sentSince().every(({ body, path }) => mentions(body, requestNumber) || path.includes(requestNumber)),
      'a request under another number',
    );
  }),
  check('CK-04', 'writes tickets of at most 4,000 characters with nothing of the debtor in them', async (trial) => {
    const { inquiry, ticket } = await submitted(trial);
    assert.ok(ticket.length <= 4_000, 'too long');
    assertNothingPersonal([ticket], personalOf(inquiry));
  }),
  check('CK-05', 'reports what goes wrong while it collects, as when it asks', async (trial) => {
    const { inquiry, ticket } = await submitted(trial);
    for (const [reason, behaviour] of collectFailsAs) {
      trial.endpoint.behaveAs(behaviour);
      assert.equal(await failureOf(trial.step(inquiry, ticket)), reason);
    }
  }),
  check('CK-06', 'stops collecting when it is cancelled, and sends nothing when it already is', async (trial) => {
    const { inquiry, ticket, sentSince } = await submitted(trial);
    assert.equal(await failureOf(trial.step(inquiry, ticket, AbortSignal.abort())), 'cancelled');
    assert.equal(sentSince().length, 0, 'it was sent nevertheless');
    const cancel = new AbortController();
    trial.endpoint.behaveAs(() => {
      cancel.abort();
      return 'silence';
    });
    const waited = new Promise<string>((late) => setTimeout(late, 250, 'it went on after it was cancelled').unref());
    assert.equal(await Promise.race([failureOf(trial.step(inquiry, ticket, cancel.signal)), waited]), 'cancelled');
  }),
  check('CK-07', 'takes no ticket that is not its own, and sends nothing for it', async (trial) => {
    const { inquiry, sentSince } = await submitted(trial);
    for (const ticket of ['', 'surprise', '{}', '[]', 'null']) {
      const reason = await failureOf(trial.step(inquiry, ticket));
      assert.equal(reason, 'unintelligible', `for the ticket ${JSON.stringify(ticket)}`);
    }
    assert.equal(sentSince().length, 0, 'something was sent');
  }),
  check('CK-08', 'never says nothing or found for a spoilt word from an agency that is not ready', async (trial) => {
    const { inquiry, ticket, pending } = await submitted(trial);
    const [only] = pending.exchanges;
    assert.ok(only);
    for (const { text, what } of mutationsOf(Buffer.from(bodyOf(only.reply)).toString('utf8'))) {
      trial.endpoint.behaveAs({ ...only.reply, body: text });
      const outcome = await failureOf(trial.step(inquiry, ticket));
      assert.ok(outcome !== 'nothing' && outcome !== 'found', `${what}: ${String(outcome)}`);
    }
  }),
  check('CK-09', 'collects for whoever was asked about, not for the last debtor', async (trial) => {
    const { inquiry, ticket, sentSince } = await submitted(trial);
    const other = inquiryAbout(inquiry.debtor.name === inquiryAbout('person').debtor.name ? 'other-person' : 'person');
    trial.endpoint.behaveAs({ status: 503 });
    await failureOf(trial.step(other, null));
    await failureOf(trial.step(inquiry, ticket));
    const [, otherNumber = ''] = personalOf(other);
    const last = sentSince().at(-1);
    assert.ok(sentSince().length === 2 && last, 'an asking was not sent');
    assert.ok(!mentions(last.body, otherNumber), 'another debtor was asked about');
  }),
];
