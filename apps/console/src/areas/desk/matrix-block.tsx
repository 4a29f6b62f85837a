import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../api/generated/types.gen.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { CaseMatrixTable } from './case-matrix.tsx';
import type { CasePageViewProps } from './case-page-props.ts';

type MatrixBlockProps = Pick<CasePageViewProps, 'matrix' | 'debtorId' | 'onDebtor'> & Pick<Case, 'debtors'>;

/** The matrix, over all debtors or for one of them. */
export function MatrixBlock({ matrix, debtorId, onDebtor, debtors }: MatrixBlockProps): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <section aria-label={t('matrix.title')}>
      <h2>{t('matrix.title')}</h2>
      {debtors.length > 1 && (
        <p className="desk-filter">
          <label htmlFor="matrix-debtor">{t('matrix.debtor')}</label>
          <Select
            id="matrix-debtor"
            value={debtorId ?? ''}
            options={[
              { value: '', label: t('matrix.allDebtors') },
              ...debtors.map((each) => ({ value: each.debtorId, label: `${each.nameMasked} ${each.idMasked}` })),
            ]}
            onChange={(picked) => onDebtor(picked === '' ? null : picked)}
          />
        </p>
      )}
      <QueryState
        query={matrix}
        rows={8}
        empty={{ when: ({ rows }) => rows.length === 0, show: <p className="panel">{t('matrix.none')}</p> }}
      >
        {(known) => <CaseMatrixTable matrix={known} />}
      </QueryState>
    </section>
  );
}
