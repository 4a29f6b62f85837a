import type { Changes, CoverageLine, LineTransition } from '#contracts';
import { table } from '../table.ts';

/** Transitions of report.md §11.1 in its words. */
const words: Readonly<Record<LineTransition, string>> = {
  'compare-assets': '逐项比对 compared asset by asset',
  'no-longer-reported': '原有财产不再反馈 no longer reported',
  'cannot-tell': '无法判断 cannot tell',
  'no-longer-asked': '本次未查询 not asked this time',
  'new-asset': '新增财产 new asset',
  'still-nothing': '不变：仍无财产 unchanged',
  'newly-established': '新查明（可能早已存在） newly established',
  'now-confirmed-nothing': '现已确认无财产 now answered: nothing',
  'still-no-answer': '仍未反馈 still no answer',
  'found-after-widening': '扩大范围后查明 found after widening',
  'nothing-after-widening': '扩大范围，无财产 wider scope: nothing',
  'no-answer-after-widening': '扩大范围，未反馈 wider scope: no answer',
};

/** Where nothing moved: not a row of the table. */
const still: ReadonlySet<LineTransition> = new Set(['compare-assets', 'still-nothing', 'still-no-answer']);

/** The sentence about changes, then the lines that moved, of which at most `mostLines` are shown. */
export function presentChanges(changes: Changes, lines: readonly CoverageLine[], mostLines: number): string[] {
  const names = new Map(lines.map(({ agencyId, agencyName }) => [agencyId, agencyName]));
  const moved = changes.lines.filter(({ transition }) => !still.has(transition));
  const rows = moved.slice(0, mostLines);
  const rest = moved.length - rows.length;
  return [
    changes.sentence.zh,
    changes.sentence.en,
    ...(rows.length === 0
      ? []
      : table(
          [
            { title: '机构 agency', most: 28, cell: ({ agencyId }) => names.get(agencyId) ?? agencyId },
            { title: '上次 before', cell: ({ before, beforeReason }) => beforeReason ?? before },
            { title: '本次 now', cell: ({ after, afterReason }) => afterReason ?? after },
            { title: '变化 change', cell: ({ transition }) => words[transition] },
          ],
          rows,
        )),
    ...(rest > 0 ? [`  … +${rest}`] : []),
    '',
  ];
}
