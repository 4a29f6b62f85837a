import { describe, expect, it } from '@jest/globals';
import { purposePolicySchema } from '#contracts';
import fc from 'fast-check';
import { approvalCausesOf, emergencyBar, rulesOfCourt } from './purpose-policy.ts';
import { isRegisteredWith } from './registrations.ts';

const policy = purposePolicySchema.parse({
  everywhere: { mostDebtors: 10 },
  courts: [{ courtCode: '1', mostDebtors: 3, approveTransactions: false }],
});
const asked = { withTransactions: false, isMarked: false, otherDebtors: 0, isKnown: false };

describe('the policy of a court', () => {
  it('is the defaults, what holds everywhere, and what holds at this court', () => {
    expect(rulesOfCourt(policy, '1')).toMatchObject({
      mostDebtors: 3,
      approveTransactions: false,
      approveMarked: true,
    });
    expect(rulesOfCourt(policy, '2')).toMatchObject({ mostDebtors: 10, approveTransactions: true, repeatHours: 24 });
    expect(rulesOfCourt(purposePolicySchema.parse({}), '2')).toMatchObject({ mostDebtors: 50, approvalHours: 72 });
  });

  it('wants a second person for transactions, marked debtors, and one debtor too many', () => {
    const rules = rulesOfCourt(policy, '2');
    expect(approvalCausesOf(rules, { ...asked, otherDebtors: 9 })).toEqual([]);
    expect(
      approvalCausesOf(rules, { withTransactions: true, isMarked: true, otherDebtors: 10, isKnown: false }),
    ).toEqual(['transactions', 'many-debtors', 'marked-debtor']);
    expect(approvalCausesOf(rules, { ...asked, otherDebtors: 10, isKnown: true })).toEqual([]);
    expect(approvalCausesOf(rulesOfCourt(policy, '1'), { ...asked, withTransactions: true })).toEqual([]);
  });

  it('never needs less when more is asked', () => {
    const rules = rulesOfCourt(policy, '2');
    const sensitivity = fc.record({
      withTransactions: fc.boolean(),
      isMarked: fc.boolean(),
      otherDebtors: fc.nat(20),
      isKnown: fc.boolean(),
    });
    fc.assert(
      fc.property(sensitivity, fc.nat(20), (one, more) => {
        const wider = { withTransactions: true, isMarked: true, otherDebtors: one.otherDebtors + more, isKnown: false };
        expect(approvalCausesOf(rules, wider)).toEqual(expect.arrayContaining([...approvalCausesOf(rules, one)]));
      }),
    );
  });

  it('bars the emergency way after uses that nobody has looked at, or that were found unjustified', () => {
    const rules = rulesOfCourt(policy, '2');
    expect(emergencyBar(rules, { overdue: 0, unjustified: 1 })).toBeNull();
    expect(emergencyBar(rules, { overdue: 1, unjustified: 0 })).toBe('review-overdue');
    expect(emergencyBar(rules, { overdue: 0, unjustified: 2 })).toBe('unjustified');
    expect(emergencyBar({ ...rules, emergencyAllowed: false }, { overdue: 0, unjustified: 0 })).toBe('not-allowed');
  });
});

describe('a registration with agencies', () => {
  const agency = { agencyId: 'bank.a', channelId: 'banks', category: 'bank' } as const;
  const filed = { agencyIds: [], channelIds: [], categories: [], from: '2026-01-01', until: '2026-12-31' };
  it('counts for an agency, a channel or a category, from its first to its last day', () => {
    for (const more of [{ agencyIds: ['bank.a'] }, { channelIds: ['banks'] }, { categories: ['bank' as const] }]) {
      const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'];
      const counts = days.map((day) => isRegisteredWith([{ ...filed, ...more }], agency, day));
      expect(counts).toEqual([false, true, true, false]);
    }
    expect(isRegisteredWith([{ ...filed, agencyIds: ['bank.b'] }], agency, '2026-06-01')).toBe(false);
    expect(isRegisteredWith([], agency, '2026-06-01')).toBe(false);
  });
});
