import { describe, expect, it } from '@jest/globals';
import type { Category, Inquiry, Summary } from '#contracts';
import { inquiry, line, mergeInput, nothing, noAnswer } from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';
import type { MergeInput } from './merge-input.ts';

const required = [
  'bank',
  'central-bank-index',
  'company-registry',
  'internet-bank',
  'real-estate',
  'securities',
  'vehicle',
] as const;

function rule(
  asked: readonly Category[],
  changes: Partial<MergeInput> = {},
): Summary['coverageRules'][number] | undefined {
  const plan = asked.map((category) => line(`${category}.a`, { category }));
  const answers = plan.map(({ agencyId }) => nothing({ agencyId }));
  return mergeReport(mergeInput({ plan, answers, ...changes })).summary.coverageRules[0];
}

describe('tp-02-network-query', () => {
  it('passes when every required category and the index were asked and answered', () => {
    expect(rule(required)).toEqual({
      ruleId: 'tp-02-network-query',
      result: 'pass',
      evidence: required.map((each) => `${each} 1/1`),
    });
  });

  it('fails when one was not asked', () => {
    expect(rule(required.slice(1))).toMatchObject({
      result: 'fail',
      evidence: expect.arrayContaining(['bank not-asked']) as unknown,
    });
  });

  it('is unknown while an answer is awaited, and fails once the inquiry is closed', () => {
    const answers = required.slice(1).map((each) => nothing({ agencyId: `${each}.a` }));
    const failed = [...answers, noAnswer({ agencyId: 'bank.a' }, 'refused')];
    expect(rule(required, { answers })).toMatchObject({
      result: 'unknown',
      evidence: expect.arrayContaining(['bank 0/1']) as unknown,
    });
    expect(rule(required, { answers: failed, closedAt: inquiry.dueAt })?.result).toBe('fail');
  });

  it('fails outside three months and a day', () => {
    const about: Inquiry = { ...inquiry, requestedAt: '2025-11-30T10:00:00+08:00' };
    expect(rule(required, { inquiry: about, closedAt: '2026-03-01T10:00:00+08:00' })?.result).toBe('pass');
    expect(rule(required, { inquiry: about, closedAt: '2026-03-02T10:00:00+08:00' })).toMatchObject({
      result: 'fail',
      evidence: expect.arrayContaining(['outside-window']) as unknown,
    });
  });

  it('exempts a village committee without an organisation code', () => {
    const [id] = inquiry.debtor.ids;
    const debtor = {
      ...inquiry.debtor,
      kind: 'other',
      name: '示例村村民委员会',
      ids: [{ ...id, type: 'other' }],
    } as Inquiry['debtor'];
    expect(rule([], { inquiry: { ...inquiry, debtor } })).toMatchObject({ result: 'pass', evidence: ['exempt-name'] });
    const known = { ...debtor, ids: [{ ...id, type: 'org-code' }] } as Inquiry['debtor'];
    expect(rule([], { inquiry: { ...inquiry, debtor: known } })?.result).toBe('fail');
  });
});
