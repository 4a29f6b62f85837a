import assert from 'node:assert/strict';
import type { Said } from '#contracts';
import type { Exchange, Feedback, Fixture } from './fixtures.ts';
import type { Trial } from './trial.ts';

/** The first recorded case that ended in this verdict; the one named after the verdict if there is one. */
export function recorded(fixtures: readonly Fixture[], verdict: Said['verdict']): Fixture | undefined {
  const fitting = fixtures.filter(({ said }) => said?.verdict === verdict);
  return fitting.find(({ name }) => name === verdict) ?? fitting[0];
}

export function recordedCall(
  { fixtures }: Trial,
  verdict: Said['verdict'],
): Fixture & { readonly exchanges: readonly Exchange[] } {
  const fixture = recorded(fixtures, verdict);
  assert.ok(fixture?.exchanges, `no fixture of mode call with the verdict ${verdict}`);
  return { ...fixture, exchanges: fixture.exchanges };
}

export function recordedFeedback(
  { fixtures }: Trial,
  verdict: Said['verdict'],
): Fixture & { readonly feedback: Feedback } {
  const fixture = recorded(fixtures, verdict);
  assert.ok(fixture?.feedback, `no fixture of mode mailbox with the verdict ${verdict}`);
  return { ...fixture, feedback: fixture.feedback };
}

/** Fails if any of the texts stands in what was written, also inside a percent sequence or an escape. */
export function assertNothingPersonal(written: readonly unknown[], personal: readonly string[]): void {
  const text = JSON.stringify(written) ?? '';
  const found = personal.filter((each) => text.includes(each) || text.includes(encodeURIComponent(each)));
  assert.deepEqual(found.length, 0, 'personal data where none may be');
}
