import { Button, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from '../../shared/screen.tsx';
import { QueryState, type QueryLike } from '../../shared/state/query-state.tsx';
import { type DeskRows, DeskTable } from './desk-table.tsx';
import './desk.css';

export const caseStates = ['in-progress', 'suspended', 'terminated', 'resumed', 'concluded'] as const;
export const acts = [
  ...(['approved-not-sent', 'overdue', 'ask-again', 'late-answer', 'review-due', 'approval-waiting'] as const),
  ...(['ready-to-ask', 'no-debtor', 'running', 'report-to-read', 'nothing-to-do'] as const),
];

export interface CaseFilter {
  readonly state: string | null;
  readonly act: string | null;
}
interface CaseListViewProps {
  readonly desk: QueryLike<DeskRows>;
  readonly filter: CaseFilter;
  readonly onFilter: (filter: CaseFilter) => void;
  readonly mayWrite: boolean;
}

/** Cases, filtered by what stands in the address. */
export function CaseListView({ desk, filter, onFilter, mayWrite }: CaseListViewProps): ReactElement {
  const { t } = useTranslation('desk');
  const isFiltered = filter.state !== null || filter.act !== null;
  const why = isFiltered ? t('cases.noneOfThese') : t('cases.none');
  return (
    <Screen
      title={t('cases.title')}
      actions={
        mayWrite && (
          <Link to="/cases/new">
            <Button type="primary" tabIndex={-1}>
              {t('newCase.open')}
            </Button>
          </Link>
        )
      }
    >
      <div className="desk-filters" role="group" aria-label={t('filter.label')}>
        <Filter
          id="state"
          value={filter.state}
          options={caseStates}
          onPick={(state) => onFilter({ ...filter, state })}
        />
        <Filter id="act" value={filter.act} options={acts} onPick={(act) => onFilter({ ...filter, act })} />
        {isFiltered && <Button onClick={() => onFilter({ state: null, act: null })}>{t('filter.clear')}</Button>}
      </div>
      <QueryState query={desk} rows={8}>
        {(rows) => <DeskTable caption={t('cases.caption')} rows={rows} emptyReason={why} />}
      </QueryState>
      <p className="desk-quiet">{t('cases.bound')}</p>
    </Screen>
  );
}

interface FilterProps {
  readonly id: 'state' | 'act';
  readonly value: string | null;
  readonly options: readonly string[];
  readonly onPick: (value: string | null) => void;
}

function Filter({ id, value, options, onPick }: FilterProps): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <span className="desk-filter">
      <label htmlFor={`filter-${id}`}>{t(`filter.${id}`)}</label>
      <Select
        id={`filter-${id}`}
        value={value ?? ''}
        options={[
          { value: '', label: t('filter.all') },
          ...options.map((each) => ({ value: each, label: t(`${id}.${each}`) })),
        ]}
        onChange={(picked) => onPick(picked === '' ? null : picked)}
      />
    </span>
  );
}
