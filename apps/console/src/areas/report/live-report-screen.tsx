import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { reportsLiveOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ReportView } from './report-view.tsx';
import { Versions } from './versions.tsx';

/** What is known of an inquiry now; not stored, and said to be so. */
export function LiveReportScreen(): ReactElement {
  const { t } = useTranslation('report');
  const { inquiryId = '' } = useParams();
  const report = useQuery(reportsLiveOptions({ path: { inquiryId } }));
  return (
    <Screen title={t('liveTitle')} actions={<Link to={`/inquiries/${inquiryId}`}>{t('toProgress')}</Link>}>
      <Versions inquiryId={inquiryId} shown={null} />
      <QueryState query={report} rows={8}>
        {(data) => <ReportView report={data} />}
      </QueryState>
    </Screen>
  );
}
