import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ImportRow } from '../../api/generated/types.gen.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { RareCharacters } from '../../shared/rare-characters/rare-characters.tsx';
import { DataTable } from '../../shared/table/data-table.tsx';

const states = ['ready', 'fixable', 'blocked', 'sent'] as const;

/** One row per person of the list, with its verdict and all that is wrong with it. */
export function RowsTable({ rows }: { readonly rows: readonly ImportRow[] }): ReactElement {
  const { t } = useTranslation('import');
  const side = useSide();
  const [search, setSearch] = useSearchParams();
  const chosen = states.find((each) => each === search.get('state')) ?? null;
  const shown = chosen === null ? rows : rows.filter(({ state }) => state === chosen);
  const choose = (state: string | null) => {
    const next = new URLSearchParams(search);
    if (state === null) next.delete('state');
    else next.set('state', state);
    setSearch(next, { replace: true });
  };
  return (
    <>
      <div className="filters" role="group" aria-label={t('rows.filter')}>
        {[null, ...states].map((state) => (
          <Button
            key={state ?? 'all'}
            size="small"
            type={chosen === state ? 'primary' : 'default'}
            aria-pressed={chosen === state}
            onClick={() => choose(state)}
          >
            {t(state === null ? 'rows.all' : `state.${state}`)}
          </Button>
        ))}
      </div>
      <DataTable<ImportRow>
        caption={t('rows.caption')}
        rows={shown}
        rowKey={({ row }) => `${row}`}
        emptyReason={t('rows.none')}
        minWidth={1_100}
        columns={[
          { title: t('column.row'), width: 70, align: 'right', render: (_, { row }) => row },
          { title: t('column.caseNumber'), width: 220, render: (_, { caseNumber }) => caseNumber },
          {
            title: t('column.name'),
            width: 230,
            render: (_, { nameMasked, rareCharacters }) => (
              <>
                {nameMasked}
                <RareCharacters characters={rareCharacters} />
              </>
            ),
          },
          {
            title: t('column.idNumber'),
            width: 190,
            render: (_, { idMasked }) => <span className="identifier">{idMasked}</span>,
          },
          { title: t('column.verdict'), width: 110, render: (_, { state }) => <State state={state} /> },
          {
            title: t('column.problems'),
            render: (_, { problems, inquiryId }) =>
              inquiryId === null ? (
                <ul className="import-problems">
                  {problems.map(({ field, code, words, fix }) => (
                    <li key={`${field ?? ''} ${code}`}>
                      {field !== null && t('rows.at', { field: t(`column.${field}`) })}
                      {side(words)} {t('rows.fix', { fix: side(fix) })}
                    </li>
                  ))}
                </ul>
              ) : (
                <Link to={`/inquiries/${inquiryId}`}>{t('rows.open')}</Link>
              ),
          },
        ]}
      />
    </>
  );
}

const signs = { ready: '✓', fixable: '✎', blocked: '✕', sent: '→' } as const;

/** A sign and a word; these are verdicts about rows of a list and never look like those about agencies. */
function State({ state }: Pick<ImportRow, 'state'>): ReactElement {
  const { t } = useTranslation('import');
  return (
    <span className="import-state" data-state={state}>
      <span aria-hidden="true">{signs[state]} </span>
      {t(`state.${state}`)}
    </span>
  );
}
