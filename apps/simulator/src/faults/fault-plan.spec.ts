import { describe, expect, it } from '@jest/globals';
import type { Agency } from '#contracts';
import { readFaultRules, type FaultRule } from './fault.ts';
import { openFaultPlan } from './fault-plan.ts';
import { seededFaults } from './seeded-faults.ts';

const agency = (place: number, category: Agency['category'] = 'bank'): Agency => ({
  agencyId: `${category}.n${place}`,
  code: `C${place}`,
  nameZh: '示例',
  nameEn: 'Sample',
  category,
  region: null,
  channelId: 'channel',
  typicalMs: null,
  promisedMs: null,
});
const rule = (parts: Partial<FaultRule>): FaultRule => ({
  agencyId: null,
  category: null,
  fault: 'late',
  times: null,
  afterMs: null,
  ...parts,
});
const always = (): boolean => true;

describe('a plan of faults', () => {
  it('takes the rule of the agency before those of all, and each as often as it says', () => {
    const plan = openFaultPlan();
    plan.replace([rule({ fault: '5xx' }), rule({ agencyId: 'bank.n1', fault: 'empty', times: 1, afterMs: 3 })]);
    expect(plan.take(agency(1), always)).toEqual({ fault: 'empty', afterMs: 3 });
    expect(plan.take(agency(1), always)).toEqual({ fault: '5xx', afterMs: null });
    expect(plan.take(agency(2), always)).toEqual({ fault: '5xx', afterMs: null });
    expect(plan.counts().map(({ fault, injected }) => [fault, injected])).toEqual([
      ['empty', 1],
      ['5xx', 2],
    ]);
  });

  it('leaves out faults that cannot happen there, and other categories', () => {
    const plan = openFaultPlan();
    plan.replace([rule({ fault: 'no-poll' }), rule({ category: 'vehicle', fault: 'hang' })]);
    expect(plan.take(agency(1), (fault) => fault !== 'no-poll')).toBeNull();
    expect(plan.take(agency(1, 'vehicle'), (fault) => fault !== 'no-poll')).toEqual({ fault: 'hang', afterMs: null });
  });

  it('forgets everything when it is replaced', () => {
    const plan = openFaultPlan();
    plan.replace([rule({})]);
    plan.replace([]);
    expect(plan.take(agency(1), always)).toBeNull();
  });
});

describe('a seeded plan', () => {
  const agencies = Array.from({ length: 2_000 }, (_, place) => agency(place));

  it('is the same for the same seed and hits about the share asked for', () => {
    const plan = seededFaults(3, agencies, 0.1);
    expect(seededFaults(3, agencies, 0.1)).toEqual(plan);
    expect(seededFaults(4, agencies, 0.1)).not.toEqual(plan);
    expect(plan.length).toBeGreaterThan(140);
    expect(plan.length).toBeLessThan(260);
    expect(seededFaults(3, agencies, 0)).toEqual([]);
  });

  it('can be sent as it is', () => {
    const plan = seededFaults(3, agencies, 0.1);
    expect(readFaultRules(JSON.parse(JSON.stringify(plan)))).toEqual({ outcome: 'read', rules: plan });
  });
});
