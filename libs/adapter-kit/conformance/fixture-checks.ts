import assert from 'node:assert/strict';
import { saidSchema, type Said } from '#contracts';
import type { Check } from './check.ts';
import { playing } from './fake-endpoint.ts';
import type { Fixture } from './fixtures.ts';
import { inquiryAbout } from './given.ts';
import { taskFor, type Trial } from './trial.ts';

/** One check per recorded case: exactly what was said, in a form that survives storage. */
export const fixtureChecks = (fixtures: readonly Fixture[]): readonly (Check & { readonly fixture: Fixture })[] =>
  fixtures.map((fixture) => ({
    id: `FX-${fixture.name}`,
    says: `reads ${fixture.name}: ${fixture.says}`,
    fixture,
    run: (trial) => (fixture.mode === 'mailbox' ? readFeedback(trial, fixture) : readCall(trial, fixture)),
  }));

async function readCall(trial: Trial, fixture: Fixture): Promise<void> {
  const played = playing(fixture.exchanges ?? []);
  trial.endpoint.behaveAs(played.behave);
  if (fixture.mode === 'ticket') return readTicketed(trial, fixture, played);
  const said = await trial.ask(inquiryAbout(fixture.debtor));
  assert.deepEqual(played.differences, [], 'what was sent');
  assertSaid(said, fixture);
}

/** One step per recorded exchange, and no more: what is left then must be what the fixture says. */
async function readTicketed(trial: Trial, fixture: Fixture, played: ReturnType<typeof playing>): Promise<void> {
  const steps = await trial.steps(inquiryAbout(fixture.debtor), { while: () => played.left() > 0 });
  const last = steps.at(-1);
  assert.ok(last);
  assert.deepEqual(played.differences, [], 'what was sent');
  assert.equal(played.left(), 0, 'a recorded exchange was never asked for');
  assert.equal(last.ticket !== null, fixture.ticketLeft, 'whether there is more to collect');
  assertSaid(last.said, fixture);
}

async function readFeedback(trial: Trial, fixture: Fixture): Promise<void> {
  const { feedback } = fixture;
  assert.ok(feedback, 'a mailbox fixture has a feedback');
  const agency = trial.options.agencies.find(
    ({ agencyId }) => agencyId === (feedback.agencyId ?? trial.agency.agencyId),
  );
  assert.ok(agency, 'a fixture names an agency that the spec does not give');
  const { operation, body, requestNumber } = feedback;
  const box = trial.openMailbox(
    ...(fixture.outcome === 'unknown' ? [] : [taskFor({ agency, requestNumber, fixture })]),
  );
  const { text } = await trial.call(box, { operation, body, agencyId: agency.agencyId });
  assert.deepEqual(
    fixture.replyIncludes.filter((each) => !text.includes(each)),
    [],
    'what was replied',
  );
  if (fixture.outcome) {
    assert.deepEqual([box.fedBack, box.quarantined.length > 0], [[], true], `not ${fixture.outcome}`);
    return;
  }
  assert.deepEqual(
    box.fedBack.map((each) => each.requestNumber),
    [requestNumber],
  );
  const [first] = box.fedBack;
  assert.ok(first);
  assertSaid(first.said, fixture);
}

function assertSaid(said: Said, { said: expected, failure }: Fixture): void {
  assert.deepEqual(saidSchema.parse(JSON.parse(JSON.stringify(said))), said, 'it does not survive storage');
  if (expected) assert.deepEqual(said, expected);
  if (!failure) return;
  assert.equal(said.verdict, 'no-answer');
  const told = Object.fromEntries(Object.entries(said).filter(([key]) => key in failure));
  assert.deepEqual(told, failure);
}
