import { describe, expect, it } from '@jest/globals';
import { askingOfLine, askingSentence } from './asking.ts';
import { account, byNameOnly, found, line, mergeInput, noAnswer, nothing } from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';

const report = mergeReport(
  mergeInput({
    plan: ['bank.a', 'bank.b', 'bank.c', 'bank.d'].map((agencyId) => line(agencyId)),
    answers: [
      found({ agencyId: 'bank.a' }, [account(), account({ ...byNameOnly })]),
      nothing({ agencyId: 'bank.b' }),
      noAnswer({ agencyId: 'bank.c' }, 'returned', {
        reasonText: '户名张三不符',
        contactName: '李四',
        contactPhone: '010-00000000',
      }),
    ],
    closedAt: '2026-03-02T09:00:00.000+08:00',
  }),
);
const at = '2026-03-02T09:00:00.000+08:00';

describe('the asking without the payload', () => {
  it('has a sentence of counts and no sum', () => {
    const { sentence } = report.summary;
    expect(`${sentence.zh} ${sentence.en}`).toContain('¥'); // there is something to keep back
    const asking = askingSentence(report);
    expect(`${asking.zh} ${asking.en}`).not.toMatch(/[¥$]|合计|total|[0-9]{3}/i);
    expect(asking.zh).toContain('2/4');
  });

  it('has lines that say who answered and how, and nothing of what', () => {
    const lines = report.coverage.lines.map((each) => askingOfLine(each, at));
    expect(lines.map(({ verdict }) => verdict)).toEqual(report.coverage.lines.map(({ verdict }) => verdict));
    const text = JSON.stringify(lines);
    for (const kept of ['张三', '李四', '010-00000000']) expect(text).not.toContain(kept);
    for (const each of lines)
      expect([each.assetCount, each.candidateCount, each.rawMessageHash]).toEqual([null, null, null]);
    expect(JSON.stringify(lines.map(({ words }) => words))).not.toMatch(/[0-9]+ (assets?|项)/);
  });

  it('never turns what is kept back into nothing found', () => {
    const [first] = report.coverage.lines.filter(({ verdict }) => verdict === 'found');
    expect(first && askingOfLine(first, at).words.en).toBe('Assets found (details withheld)');
  });
});
