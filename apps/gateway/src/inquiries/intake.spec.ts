import { describe, expect, it } from '@jest/globals';
import { openIntake } from './intake.ts';

function intakeOf(counts: readonly (number | Error)[], mostDueShards = 10) {
  let looks = 0;
  let ms = 0;
  const intake = openIntake({
    inquiries: {
      dueShards: async () => {
        const count = counts[looks] ?? 0;
        looks += 1;
        if (count instanceof Error) throw count;
        return count;
      },
    },
    mostDueShards,
    now: () => new Date(0),
    monotonicMs: () => ms,
  });
  return { intake, looks: () => looks, pass: (by: number) => void (ms += by) };
}

describe('the intake of inquiries', () => {
  it('refuses with a time to come again when the backlog is full, and takes again when it is not', async () => {
    const { intake, pass } = intakeOf([10, 9]);
    expect(await intake.refusal()).toMatchObject({ code: 'overloaded', headers: { 'retry-after': '5' } });
    pass(500);
    expect(await intake.refusal()).toBeNull();
  });

  it('counts what it accepted between two looks, and looks rarely', async () => {
    const { intake, looks, pass } = intakeOf([2, 3]);
    expect(await intake.refusal()).toBeNull();
    intake.accepted(7);
    expect(await intake.refusal()).toBeNull();
    intake.accepted(1);
    expect(await intake.refusal()).toMatchObject({ code: 'overloaded' });
    expect(looks()).toBe(1);
    pass(500);
    expect(await intake.refusal()).toBeNull();
    expect(looks()).toBe(2);
  });

  it('accepts nothing when the backlog cannot be read, and looks again for the next one', async () => {
    const { intake } = intakeOf([new Error('away'), 1]);
    await expect(intake.refusal()).rejects.toThrow('away');
    expect(await intake.refusal()).toBeNull();
  });
});
