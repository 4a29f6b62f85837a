import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { lineTransitionWords } from '#inquiry';
import { useSide } from '../../shared/i18n/use-side.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { VerdictTag } from '../../shared/verdict/verdict-tag.tsx';
import { type LineGroup, type LineRow, rowsOfGroup } from './compared.ts';
import { TransitionSign } from './transition-sign.tsx';

interface LineGroupTableProps {
  readonly name: LineGroup;
  readonly rows: readonly LineRow[];
  readonly inquiryId: string; // of the newer version: what can be asked again
}

/** Counted and folded: what stayed as it was, or was answered with "nothing" in the end. */
const folded: ReadonlySet<LineGroup> = new Set(['compared', 'nothing']);
const toAskAgain: ReadonlySet<LineGroup> = new Set(['undecided', 'unanswered']);

/** Agencies of one group with both verdicts, each told as it was told then. */
export function LineGroupTable({ name, rows, inquiryId }: LineGroupTableProps): ReactElement | null {
  const { t } = useTranslation('compare');
  const own = rowsOfGroup(rows, name);
  const [isOpen, setOpen] = useState(!folded.has(name));
  if (own.length === 0) return null;
  return (
    <div data-group={name} className={toAskAgain.has(name) ? 'compare-hatched' : ''}>
      {folded.has(name) && (
        <Button type="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'fold' : 'unfold', { group: t(`lines.${name}`), count: own.length })}
        </Button>
      )}
      {isOpen && <Lines name={name} rows={own} />}
      {toAskAgain.has(name) && (
        <p>
          <Link to={`/inquiries/${inquiryId}/follow-up`}>{t('askAgain')}</Link>
        </p>
      )}
    </div>
  );
}

function Lines({ name, rows }: Omit<LineGroupTableProps, 'inquiryId'>): ReactElement {
  const { t } = useTranslation(['compare', 'verdict']);
  const side = useSide();
  return (
    <DataTable<LineRow>
      caption={t(`compare:lines.${name}`)}
      rows={rows}
      rowKey={({ key }) => key}
      emptyReason={t('compare:lines.noneOfGroup')}
      minWidth={900}
      columns={[
        {
          title: t('compare:column.transition'),
          width: 260,
          render: (_, { transition }) => (
            <span data-transition={transition}>
              <TransitionSign transition={transition} /> {side(lineTransitionWords[transition])}
            </span>
          ),
        },
        { title: t('compare:column.agency'), width: 220, render: (_, row) => row.agencyName },
        { title: t('compare:column.category'), width: 100, render: (_, row) => t(`verdict:category.${row.category}`) },
        { title: t('compare:column.before'), render: (_, row) => <VerdictTag seen={row.before} /> },
        { title: t('compare:column.after'), render: (_, row) => <VerdictTag seen={row.after} /> },
      ]}
    />
  );
}
