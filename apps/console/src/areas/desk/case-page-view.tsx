import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../api/generated/types.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { CaseDebtors } from './case-debtors.tsx';
import { CaseInquiries } from './case-inquiries.tsx';
import type { CasePageViewProps } from './case-page-props.ts';
import { CasePeople } from './case-people.tsx';
import { CaseSummary } from './case-summary.tsx';
import { MatrixBlock } from './matrix-block.tsx';
import './desk.css';

/** S03: what is in the case, whom it is about, who answered what when, and who works on it. */
export function CasePageView(props: CasePageViewProps): ReactElement {
  const { file, mayFollow } = props;
  const { t } = useTranslation('desk');
  const title = file.data === undefined ? t('case.title') : t('case.heading', { number: file.data.caseNumber });
  return (
    <Screen title={title} tabTitle={t('case.title')}>
      <QueryState query={file} rows={10}>
        {(known) => (
          <>
            <CaseSummary file={known} />
            <DebtorSection {...props} known={known} />
            {mayFollow && <MatrixBlock {...props} debtors={known.debtors} />}
            {mayFollow && (
              <QueryState query={props.inquiries}>
                {({ items, nextCursor }) => (
                  <CaseInquiries items={items} isWhole={nextCursor === null} debtors={known.debtors} />
                )}
              </QueryState>
            )}
            <CasePeople officers={props.officers} handOvers={props.handOvers} />
          </>
        )}
      </QueryState>
    </Screen>
  );
}

function DebtorSection(props: CasePageViewProps & { readonly known: Case }): ReactElement {
  const { known, mayWrite, mayAsk, adding, onAdd, chipsOf } = props;
  const { t } = useTranslation('desk');
  return (
    <section className="panel" aria-label={t('debtors.title')}>
      <div className="screen-head">
        <h2>{t('debtors.title')}</h2>
        {mayWrite && adding === null && (
          <span className="screen-actions">
            <Button onClick={onAdd}>{t('newDebtor.title')}</Button>
          </span>
        )}
      </div>
      <CaseDebtors {...{ caseId: known.caseId, debtors: known.debtors, mayAsk, chipsOf }} />
      {adding}
    </section>
  );
}
