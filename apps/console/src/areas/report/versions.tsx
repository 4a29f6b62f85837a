import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  inquiriesReadOptions,
  reportsVersionsOptions,
  reportsVersionsQueryKey,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import { reportsCut } from '../../api/generated/sdk.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { useSide } from '../../shared/i18n/use-side.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { momentOf } from '../../shared/time.ts';

interface VersionsProps {
  readonly inquiryId: string;
  readonly shown: string | null; // the version on this screen; null: the present state
}

/** 第 1 版（27/31）→ 第 2 版（31/31）: every version, what each brought, and whether there is news since the last. */
export function Versions({ inquiryId, shown }: VersionsProps): ReactElement {
  const { t } = useTranslation('report');
  const side = useSide();
  const versions = useQuery(reportsVersionsOptions({ path: { inquiryId } }));
  return (
    <section className="panel no-print" aria-label={t('versions.label')}>
      <QueryState
        query={versions}
        rows={1}
        empty={{ when: ({ items }) => items.length === 0, show: <p>{t('versions.none')}</p> }}
      >
        {({ items }) => (
          <ol className="versions">
            {items.toReversed().map(({ reportId, reportVersion, counts, createdAt, changes }) => {
              const words = t('versions.one', {
                version: reportVersion,
                answered: counts.answered,
                asked: counts.asked,
              });
              return (
                <li key={reportId}>
                  {reportId === shown ? (
                    <strong aria-current="page">{words}</strong>
                  ) : (
                    <Link to={`/reports/${reportId}`}>{words}</Link>
                  )}{' '}
                  <span className="when">{momentOf(createdAt)}</span>
                  {changes && <p className="changes">{side(changes.sentence)}</p>}
                </li>
              );
            })}
          </ol>
        )}
      </QueryState>
      <p className="report-links">
        {(versions.data?.items.length ?? 0) > 0 && (
          <Link to={`/comparisons?inquiry=${inquiryId}`}>{t('versions.compare')}</Link>
        )}
        <Link to={`/inquiries/${inquiryId}/follow-up`}>{t('versions.followUp')}</Link>
      </p>
      <NewVersion inquiryId={inquiryId} answered={versions.data?.items[0]?.counts.answered ?? null} />
    </section>
  );
}

/** 本报告生成后又有机构反馈: offers to keep the present state as a version. */
function NewVersion({
  inquiryId,
  answered,
}: {
  readonly inquiryId: string;
  readonly answered: number | null;
}): ReactElement | null {
  const { t } = useTranslation('report');
  const may = useMay();
  const client = useQueryClient();
  const { key, renew } = useIntent();
  const inquiry = useQuery(inquiriesReadOptions({ path: { inquiryId } }));
  const cut = useMutation({
    mutationFn: () => reportsCut({ path: { inquiryId }, headers: { 'Idempotency-Key': key() }, throwOnError: true }),
    onSuccess: async () => {
      renew();
      await client.invalidateQueries({ queryKey: reportsVersionsQueryKey({ path: { inquiryId } }) });
    },
  });
  const news = inquiry.data === undefined ? 0 : inquiry.data.counts.answered - (answered ?? 0);
  if (!may('reports:write') && !may('inquiries:write')) return null;
  if (news <= 0) return null;
  return (
    <p role="status">
      {answered === null ? t('versions.first', { count: news }) : t('versions.news', { count: news })}{' '}
      <Button size="small" loading={cut.isPending} onClick={() => cut.mutate()}>
        {t('versions.cut')}
      </Button>
      {cut.error !== null && <FailureNotice error={cut.error} />}
    </p>
  );
}
