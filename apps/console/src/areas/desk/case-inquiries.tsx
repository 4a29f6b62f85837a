import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Case, InquiryItem } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';
import { momentOf } from '../../shared/time.ts';

interface CaseInquiriesProps {
  readonly items: readonly InquiryItem[];
  readonly isWhole: boolean;
  readonly debtors: Case['debtors'];
}

/** Every inquiry of the case with its progress, its report and its documents. */
export function CaseInquiries({ items, isWhole, debtors }: CaseInquiriesProps): ReactElement {
  const { t } = useTranslation('desk');
  const nameOf = (debtorId: string) =>
    debtors.find((each) => each.debtorId === debtorId)?.nameMasked ?? t('inquiries.otherDebtor');
  return (
    <>
      <DataTable<InquiryItem>
        caption={t('inquiries.title')}
        rows={items}
        rowKey={({ inquiryId }) => inquiryId}
        emptyReason={t('inquiries.none')}
        columns={[
          {
            key: 'at',
            title: t('inquiries.at'),
            render: (_, { inquiryId, requestedAt }) => (
              <Link to={`/inquiries/${inquiryId}`}>{momentOf(requestedAt)}</Link>
            ),
          },
          { key: 'debtor', title: t('column.debtor'), render: (_, { debtorId }) => nameOf(debtorId) },
          { key: 'purpose', title: t('inquiries.purpose'), render: (_, { purpose }) => t(`purpose.${purpose}`) },
          {
            key: 'closed',
            title: t('inquiries.state'),
            render: (_, { closedAt, dueAt }) =>
              closedAt === null
                ? t('inquiries.open', { at: momentOf(dueAt) })
                : t('inquiries.closed', { at: momentOf(closedAt) }),
          },
          { key: 'report', title: t('inquiries.report'), render: (_, item) => <Documents item={item} /> },
        ]}
      />
      {!isWhole && <p className="desk-quiet">{t('inquiries.cut', { count: items.length })}</p>}
    </>
  );
}

function Documents({ item: { inquiryId, latestReport } }: { readonly item: InquiryItem }): ReactElement {
  const { t } = useTranslation('desk');
  if (latestReport === null) return <Link to={`/inquiries/${inquiryId}/report`}>{t('inquiries.present')}</Link>;
  const { reportId, reportVersion } = latestReport;
  return (
    <>
      <Link to={`/reports/${reportId}`}>{t('inquiries.version', { version: reportVersion })}</Link>
      {' · '}
      <Link to={`/reports/${reportId}/export`}>{t('inquiries.export')}</Link>
    </>
  );
}
