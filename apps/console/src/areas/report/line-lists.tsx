import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsOfLine } from '#inquiry';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';
import { VerdictTag } from '../../shared/verdict/verdict-tag.tsx';
import { verdictSeen } from '../../shared/verdict/verdict-seen.ts';
import { type Line, linesByVerdict } from './shown-report.ts';

interface LineListsProps {
  readonly lines: readonly Line[];
  readonly at: string; // the state the report shows
}

/** Who did not answer, then who answered with nothing, then who was found at and who was not asked: four lists, never mixed. */
export function LineLists({ lines, at }: LineListsProps): ReactElement {
  const { t } = useTranslation('report');
  const groups = linesByVerdict(lines);
  const order = ['no-answer', 'nothing', 'found', 'not-asked'] as const;
  return (
    <section aria-label={t('lines.title')}>
      <h2>{t('lines.title')}</h2>
      {order.map((verdict) => (
        <LineList key={verdict} verdict={verdict} lines={groups[verdict]} at={at} />
      ))}
    </section>
  );
}

function LineList({ verdict, lines, at }: LineListsProps & { readonly verdict: Line['verdict'] }): ReactElement {
  const { t } = useTranslation(['report', 'verdict']);
  const side = useSide();
  return (
    <div data-list={verdict}>
      <DataTable<Line>
        caption={t(`report:lines.${verdict}`)}
        rows={lines}
        rowKey={({ agencyId, category }) => `${category} ${agencyId}`}
        emptyReason={t(`report:lines.empty.${verdict}`)}
        minWidth={860}
        columns={[
          {
            title: t('report:column.category'),
            width: 110,
            render: (_, line) => t(`verdict:category.${line.category}`),
          },
          { title: t('report:column.agency'), width: 240, render: (_, line) => line.agencyName },
          {
            title: t('report:column.verdict'),
            width: 280,
            render: (_, line) => <VerdictTag seen={verdictSeen(line, at)} />,
          },
          { title: t('report:column.words'), render: (_, line) => side(wordsOfLine(line, at)) },
          {
            title: t('report:column.answeredAt'),
            width: 170,
            render: (_, { answeredAt }) => (answeredAt === null ? t('report:notAnswered') : momentOf(answeredAt)),
          },
        ]}
      />
    </div>
  );
}
