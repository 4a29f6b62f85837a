import type { CoverageLine, ReportBody } from '#contracts';
import { painter, verdictSigns } from './colours.ts';
import { assetTables } from './present/asset-tables.ts';
import { table } from './table.ts';

interface Presentation {
  readonly colours: boolean;
  readonly mostLines: number; // agencies and assets of a kind are listed up to this number
}

/** The order of domain.md C5: the sentence, assets, agencies that said nothing, that did not answer, that were not asked. */
export function presentReport(report: ReportBody, presentation: Presentation): string[] {
  const { coverage, assets, summary, simulated } = report;
  const paint = painter(presentation.colours);
  const group = (verdict: CoverageLine['verdict']) => coverage.lines.filter((line) => line.verdict === verdict);
  return [
    ...(simulated
      ? [paint('33', '演练 DRILL · at least one answer comes from a simulator; not for a case file'), '']
      : []),
    paint('1', summary.sentence.zh),
    paint('1', summary.sentence.en),
    '',
    ...assetTables(assets, coverage.lines, presentation.mostLines),
    ...said(group('nothing'), presentation),
    ...late(coverage.lines, presentation),
    ...unanswered(group('no-answer'), presentation),
    ...notAsked(group('not-asked')),
  ];
}

function said(lines: readonly CoverageLine[], { colours, mostLines }: Presentation): string[] {
  if (lines.length === 0) return [];
  const { glyph, zh, en, colour } = verdictSigns.nothing;
  const shown = lines.slice(0, mostLines).map(({ agencyName }) => agencyName);
  const rest = lines.length - shown.length;
  return [
    painter(colours)(colour, `${glyph} ${zh} ${en} (${lines.length})`),
    `  ${shown.join('、')}${rest > 0 ? ` … +${rest}` : ''}`,
    '',
  ];
}

/** Who answered after the due time: an answer like the others, and late. */
function late(lines: readonly CoverageLine[], { mostLines }: Presentation): string[] {
  const came = lines.filter(
    ({ verdict, slaBreached }) => slaBreached && (verdict === 'found' || verdict === 'nothing'),
  );
  if (came.length === 0) return [];
  const rows = came.slice(0, mostLines);
  const rest = came.length - rows.length;
  return [
    `逾期反馈 answered late (${came.length})`,
    ...table(
      [
        { title: '机构 agency', most: 28, cell: ({ agencyName }: CoverageLine) => agencyName },
        { title: '应于 due', cell: ({ dueAt }) => minuteOf(dueAt) },
        { title: '反馈 answered', cell: ({ answeredAt }) => minuteOf(answeredAt) },
      ],
      rows,
    ),
    ...(rest > 0 ? [`  … +${rest}`] : []),
    '',
  ];
}

const minuteOf = (instant: string | null): string => instant?.slice(0, 16).replace('T', ' ') ?? '';

function unanswered(lines: readonly CoverageLine[], { colours, mostLines }: Presentation): string[] {
  if (lines.length === 0) return [];
  const { glyph, zh, en, colour } = verdictSigns['no-answer'];
  const rows = lines.slice(0, mostLines);
  const rest = lines.length - rows.length;
  return [
    painter(colours)(colour, `${glyph} ${zh} ${en} (${lines.length}): 不等于无财产 not the same as nothing`),
    ...table(
      [
        { title: '机构 agency', most: 28, cell: ({ agencyName }: CoverageLine) => agencyName },
        { title: '原因 reason', cell: ({ reason }) => reason ?? '' },
        { title: '次数 attempts', side: 'right', cell: ({ attempts, maxAttempts }) => `${attempts}/${maxAttempts}` },
        {
          title: '机构说明 in its words',
          most: 40,
          cell: ({ reasonText, contactName, contactPhone }) =>
            [reasonText, contactName, contactPhone].filter((part) => part !== null).join(' '),
        },
      ],
      rows,
    ),
    ...(rest > 0 ? [`  … +${rest}`] : []),
    '',
  ];
}

function notAsked(lines: readonly CoverageLine[]): string[] {
  if (lines.length === 0) return [];
  const { glyph, zh, en } = verdictSigns['not-asked'];
  const byCause = [...Map.groupBy(lines, ({ notAskedCause }) => notAskedCause ?? '')].map(
    ([cause, group]) => `${cause} ${group.length}`,
  );
  return [`${glyph} ${zh} ${en} (${lines.length}): ${byCause.join(', ')}`, ''];
}
