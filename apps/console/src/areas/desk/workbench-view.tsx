import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeskCounters } from '../../api/generated/types.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState, type QueryLike } from '../../shared/state/query-state.tsx';
import { ActCounters } from './act-counters.tsx';
import { type DeskRows, DeskTable } from './desk-table.tsx';
import './desk.css';

interface WorkbenchViewProps {
  readonly desk: QueryLike<DeskRows>;
  readonly counters: QueryLike<DeskCounters>;
  readonly act: string | null;
  readonly linkTo: (act: string | null) => string;
  readonly mayWrite: boolean;
}

/** S02: cases in the order of urgency. */
export function WorkbenchView({ desk, counters, act, linkTo, mayWrite }: WorkbenchViewProps): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <Screen title={t('workbench.title')} actions={mayWrite && <NewCaseLink />}>
      <ActCounters query={counters} chosen={act} linkTo={linkTo} />
      <QueryState
        query={desk}
        rows={8}
        empty={{
          when: ({ items }) => items.length === 0,
          show: act === null ? <FirstSteps mayWrite={mayWrite} /> : <NoneOfThese all={linkTo(null)} />,
        }}
      >
        {(rows) => <DeskTable caption={t('workbench.caption')} rows={rows} emptyReason={t('workbench.noneOfThese')} />}
      </QueryState>
    </Screen>
  );
}

function NewCaseLink(): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <Link to="/cases/new">
      <Button type="primary" tabIndex={-1}>
        {t('newCase.open')}
      </Button>
    </Link>
  );
}

function NoneOfThese({ all }: { readonly all: string }): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <p className="panel">
      {t('workbench.noneOfThese')} <Link to={all}>{t('workbench.showAll')}</Link>
    </p>
  );
}

/** Nobody has a case yet: the three steps. It is said that there is no case, not that nothing was found. */
function FirstSteps({ mayWrite }: { readonly mayWrite: boolean }): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <section className="panel" aria-label={t('first.title')}>
      <h2>{t('first.title')}</h2>
      <ol>
        <li>{t('first.case')}</li>
        <li>{t('first.debtor')}</li>
        <li>{t('first.ask')}</li>
      </ol>
      {mayWrite ? <Link to="/cases/new">{t('newCase.open')}</Link> : <p>{t('first.lookOnly')}</p>}
    </section>
  );
}
