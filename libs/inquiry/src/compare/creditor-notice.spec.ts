import { describe, expect, it } from '@jest/globals';
import type { Answer, PlannedLine, Report } from '#contracts';
import {
  account,
  found,
  hashOf,
  inquiry,
  line,
  mergeInput,
  noAnswer,
  nothing,
  notAskedLine,
} from '../made-up-answers.spec.ts';
import { mergeReport } from '../merge.ts';
import { compareReports } from './compare-reports.ts';
import { creditorNotice } from './creditor-notice.ts';

const version = (plan: readonly PlannedLine[], answers: readonly Answer[], reportVersion = 1): Report => ({
  ...mergeReport(mergeInput({ plan, answers })),
  reportId: `rep_0${reportVersion}`,
  reportVersion,
  supersedes: null,
  contentHash: hashOf(answers),
  changes: null,
  signature: null,
});
const plan = [line('bank.a'), line('bank.b')];
const noticeOf = (older: Report, newer: Report) =>
  creditorNotice({ older, newer, changes: compareReports(older, newer) });
const whole = version(plan, [nothing({ agencyId: 'bank.a' }), nothing({ agencyId: 'bank.b' })]);

describe('the notice to the creditor', () => {
  it('names every agency without an answer, and never says that nothing is there', () => {
    const silent = version(plan, [nothing({ agencyId: 'bank.a' }), noAnswer({ agencyId: 'bank.b' }, 'unavailable')], 2);
    const { paragraphs, undecided } = noticeOf(whole, silent);
    const open = paragraphs.filter((each) => each.includes('机构 bank.b'));
    expect(undecided).toBe(1);
    expect(open).toEqual([expect.stringMatching(/未反馈.*不能据此认定/)]);
    expect(open.join('')).not.toContain('机构 bank.a');
  });

  it('names who is not asked any more, and whose answer lacks a part', () => {
    const narrower = version(
      [notAskedLine('bank.b'), line('bank.a')],
      [found({ agencyId: 'bank.a' }, [account()], { complete: false })],
      2,
    );
    const { paragraphs, undecided } = noticeOf(whole, narrower);
    expect(undecided).toBe(2);
    expect(paragraphs.find((each) => each.includes('机构 bank.a'))).toContain('反馈不完整');
    expect(paragraphs.find((each) => each.includes('机构 bank.b'))).toContain('本次未查询');
  });

  it('says nothing of agencies where all have answered, and tells the creditor what they can do', () => {
    const { paragraphs, undecided } = noticeOf(whole, { ...whole, reportId: 'rep_02', reportVersion: 2 });
    expect(undecided).toBe(0);
    expect(paragraphs.join('')).not.toContain('以下机构');
    expect(paragraphs.join('')).toContain('财产线索');
  });

  it('holds no name, number or amount of the debtor, and is marked when answers were simulated', () => {
    const simulated = { ...saying(), simulated: true };
    const { paragraphs } = noticeOf(whole, simulated);
    const text = paragraphs.join('\n');
    expect(text).toContain('演练');
    expect(text).toContain('新增');
    for (const hidden of [inquiry.debtor.name, '110100199003074112', '12500', '6222'])
      expect(text).not.toContain(hidden);
  });
});

const saying = (): Report =>
  version(plan, [found({ agencyId: 'bank.a' }, [account()]), nothing({ agencyId: 'bank.b' })], 2);
