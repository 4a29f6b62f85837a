import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { reportsReadOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { ReportView } from './report-view.tsx';
import { Versions } from './versions.tsx';

/** S07: one version of a report, as it was and stays. */
export function ReportScreen(): ReactElement {
  const { t } = useTranslation('report');
  const { reportId = '' } = useParams();
  const may = useMay();
  const [exporting, setExporting] = useState(false);
  const report = useQuery({ ...reportsReadOptions({ path: { reportId } }), staleTime: Infinity });
  return (
    <Screen
      title={report.data === undefined ? t('title') : t('versionTitle', { version: report.data.reportVersion })}
      actions={
        <>
          {report.data && <Link to={`/inquiries/${report.data.inquiryId}`}>{t('toProgress')}</Link>}
          {report.data && may('exports:write') && (
            <Button className="no-print" onClick={() => setExporting(true)}>
              {t('export.button')}
            </Button>
          )}
          <Button className="no-print" onClick={() => window.print()}>
            {t('print')}
          </Button>
        </>
      }
    >
      <QueryState query={report} rows={8}>
        {(data) => (
          <>
            <Versions inquiryId={data.inquiryId} shown={data.reportId} />
            <ReportView report={data} />
            {exporting && (
              <ExportDialog reportId={data.reportId} simulated={data.simulated} onClose={() => setExporting(false)} />
            )}
          </>
        )}
      </QueryState>
    </Screen>
  );
}
