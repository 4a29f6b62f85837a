import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Case } from '../../api/generated/types.gen.ts';
import { askLink } from './desk-links.ts';

interface CaseDebtorsProps {
  readonly caseId: string;
  readonly debtors: Case['debtors'];
  readonly mayAsk: boolean;
  readonly chipsOf: (debtorId: string) => ReactNode;
}

const mostWithChips = 20; // each is a look at a person of its own

/** Whom the case is about, each with the one click. */
export function CaseDebtors({ caseId, debtors, mayAsk, chipsOf }: CaseDebtorsProps): ReactElement {
  const { t } = useTranslation('desk');
  if (debtors.length === 0) return <p>{t('debtors.none')}</p>;
  return (
    <ul className="debtor-list">
      {debtors.map((debtor, at) => (
        <li key={debtor.debtorId}>
          <b>{debtor.nameMasked}</b>
          <span>{t(`kind.${debtor.kind}`)}</span>
          {at < mostWithChips ? chipsOf(debtor.debtorId) : <span className="identifier">{debtor.idMasked}</span>}
          {mayAsk && (
            <Link className="screen-actions" to={askLink({ caseId, debtor })}>
              <Button type={debtors.length === 1 ? 'primary' : 'default'} tabIndex={-1}>
                {t('ask')}
                <span className="visually-hidden"> {debtor.nameMasked}</span>
              </Button>
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
