import type { Changes, CoverageLine, ReportBody } from '#contracts';
import { chinaDay } from '../moments.ts';

export interface NoticeGround {
  readonly older: Pick<ReportBody, 'coverage'>;
  readonly newer: Pick<ReportBody, 'coverage' | 'purpose' | 'legal' | 'simulated' | 'stateAt' | 'summary'>;
  readonly changes: Pick<Changes, 'sentence' | 'lines' | 'counts'>;
}

export interface NoticeText {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly undecided: number;
}

const mostNamed = 60;

/**
 * The draft of a notice to the creditor (告知书, 法〔2016〕373号 art. 9), from both sentences and the names of agencies: no
 * asset, amount or number. Whoever has not answered, or was not asked, is named, and never counted as having nothing.
 */
export function creditorNotice({ older, newer, changes }: NoticeGround): NoticeText {
  const open = openLines(newer.coverage.lines);
  const left = leftOut(changes, older.coverage.lines);
  return {
    title: '财产查控情况告知书（稿）',
    undecided: new Set([...open, ...left].map(({ agencyId }) => agencyId)).size,
    paragraphs: [
      ...(newer.simulated ? ['【演练】本稿依据模拟反馈生成，不得送达。'] : []),
      `申请执行人：你（单位）申请执行的${newer.legal.caseNumber}一案，${askedBecause[newer.purpose]}情况截至${chinaDay(newer.stateAt)}，告知如下。`,
      `一、查询结果：${newer.summary.sentence.zh}`,
      `二、与前次查询比对：${changes.sentence.zh}`,
      ...(open.length === 0 ? [] : [`以下机构本次未反馈或者反馈不完整，${noGround}${namesOf(open)}。`]),
      ...(left.length === 0 ? [] : [`以下机构前次查询过而本次未查询，${noGround}${namesOf(left)}。`]),
      hasNews(changes)
        ? '本次查询有新增或者新查明的财产，本院将依法核实，并审查是否恢复执行。'
        : '如你（单位）知悉被执行人的财产线索，可以随时向本院提供，或者申请恢复执行。',
      `${newer.legal.courtName}`,
    ],
  };
}

const askedBecause = {
  'post-termination-requery': '终结本次执行程序后，本院依照有关规定通过网络执行查控系统再次查询被执行人的财产，',
  resumption: '本院恢复执行，通过网络执行查控系统查询被执行人的财产，',
  execution: '本院通过网络执行查控系统查询被执行人的财产，',
  preservation: '本院通过网络执行查控系统查询被保全人的财产，',
} as const satisfies Record<ReportBody['purpose'], string>;

const noGround = '不能据此认定被执行人在该机构没有财产：';

/** No answer, or one of which a part is missing. */
const openLines = (lines: readonly CoverageLine[]): readonly CoverageLine[] =>
  lines.filter(({ verdict, complete }) => verdict === 'no-answer' || (verdict !== 'not-asked' && complete !== true));

/** Asked the last time, and not this time. */
function leftOut({ lines }: Pick<Changes, 'lines'>, before: readonly CoverageLine[]): readonly CoverageLine[] {
  const left = lines.filter(({ transition }) => transition === 'no-longer-asked');
  const places = new Set(left.map(({ agencyId, category }) => `${category}/${agencyId}`));
  return before.filter(({ agencyId, category }) => places.has(`${category}/${agencyId}`));
}

function namesOf(lines: readonly CoverageLine[]): string {
  const names = [...new Set(lines.map(({ agencyName }) => agencyName))];
  const rest = names.length > mostNamed ? `等 ${names.length} 家` : '';
  return `${names.slice(0, mostNamed).join('、')}${rest}`;
}

const news = ['new-asset', 'newly-established', 'found-after-widening'] as const;
const hasNews = ({ counts }: Pick<Changes, 'counts'>): boolean => news.some((code) => (counts.assets[code] ?? 0) > 0);
