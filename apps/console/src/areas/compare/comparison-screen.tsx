import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import {
  comparisonsNoticeOptions,
  comparisonsReadOptions,
  comparisonsVersionsOptions,
  inquiriesReadOptions,
  reportsReadOptions,
  schedulesListOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import { comparisonsMake } from '../../api/generated/sdk.gen.ts';
import { Screen } from '../../shared/screen.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ComparisonView } from './comparison-view.tsx';
import { NoPair } from './no-pair.tsx';
import { NoticeDraftPanel } from './notice-draft.tsx';
import { type PairChosen, usualPair } from './pair.ts';
import { VersionChooser } from './version-chooser.tsx';

/** S08: two versions side by side. The address holds their ids and nothing about anybody. */
export function ComparisonScreen(): ReactElement {
  const { t } = useTranslation('compare');
  const [search, setSearch] = useSearchParams();
  const asked = {
    older: search.get('older'),
    newer: search.get('newer'),
    inquiryId: search.get('inquiry'),
    comparisonId: search.get('id'),
  };
  const { inquiry, versions } = useVersions(asked);
  const usual = versions.data === undefined ? null : usualPair(versions.data.items, asked.newer);
  const pair = asked.older !== null && asked.newer !== null ? { older: asked.older, newer: asked.newer } : usual;
  const choose = useCallback(
    (chosen: PairChosen) => setSearch({ older: chosen.older, newer: chosen.newer }, { replace: true }),
    [setSearch],
  );
  const inquiryId = inquiry.data?.inquiryId ?? null;
  return (
    <Screen
      title={t('title')}
      actions={inquiryId !== null && <Link to={`/inquiries/${inquiryId}/follow-up`}>{t('toFollowUp')}</Link>}
    >
      {asked.comparisonId !== null && <ById comparisonId={asked.comparisonId} onFound={choose} />}
      {versions.data !== undefined && <VersionChooser versions={versions.data.items} pair={pair} onChoose={choose} />}
      {asked.comparisonId !== null ? null : pair === null ? (
        <Waiting inquiry={inquiry} versions={versions} nothingAsked={Object.values(asked).every((id) => id === null)} />
      ) : (
        <PairCompared pair={pair} />
      )}
    </Screen>
  );
}

interface Asked {
  readonly older: string | null;
  readonly newer: string | null;
  readonly inquiryId: string | null;
  readonly comparisonId: string | null;
}

/** A comparison by its own id leads to its two versions. */
function ById({
  comparisonId,
  onFound,
}: {
  readonly comparisonId: string;
  readonly onFound: (pair: PairChosen) => void;
}) {
  const comparison = useQuery({ ...comparisonsReadOptions({ path: { comparisonId } }), staleTime: Infinity });
  const { data } = comparison;
  useEffect(() => {
    if (data) onFound({ older: data.older.reportId, newer: data.newer.reportId });
  }, [data, onFound]);
  return <QueryState query={comparison}>{() => null}</QueryState>;
}

/** Every version about the debtor of what the address names. */
function useVersions({ older, newer, inquiryId }: Asked) {
  const named = newer ?? older;
  const report = useQuery({
    ...reportsReadOptions({ path: { reportId: named ?? '' } }),
    staleTime: Infinity,
    enabled: named !== null,
  });
  const ofInquiry = inquiryId ?? report.data?.inquiryId ?? null;
  const inquiry = useQuery({
    ...inquiriesReadOptions({ path: { inquiryId: ofInquiry ?? '' } }),
    enabled: ofInquiry !== null,
  });
  const debtorId = inquiry.data?.debtorId ?? null;
  const versions = useQuery({
    ...comparisonsVersionsOptions({ path: { debtorId: debtorId ?? '' }, query: { limit: '200' } }),
    enabled: debtorId !== null,
  });
  return { inquiry: ofInquiry === null && named !== null ? { ...inquiry, error: report.error } : inquiry, versions };
}

type Versions = ReturnType<typeof useVersions>;

/** No two versions yet: because they are read, because that failed, or because there is only one. */
function Waiting({ inquiry, versions, nothingAsked }: Versions & { readonly nothingAsked: boolean }): ReactElement {
  const caseId = inquiry.data?.caseId ?? null;
  const schedules = useQuery({
    ...schedulesListOptions({ query: { caseId: caseId ?? '' } }),
    enabled: caseId !== null && versions.data !== undefined,
  });
  if (nothingAsked) return <NoPair kind="nothing-chosen" nextDueOn={null} />;
  const read = inquiry.error === null ? versions : { ...versions, error: inquiry.error, data: undefined };
  const nextDueOn = schedules.data?.items.find(({ debtorId }) => debtorId === inquiry.data?.debtorId)?.nextDueOn;
  return <QueryState query={read}>{() => <NoPair kind="only-one" nextDueOn={nextDueOn ?? null} />}</QueryState>;
}

/** A comparison that cannot be made takes none of the two versions along: both can still be opened. */
function PairCompared({ pair }: { readonly pair: PairChosen }): ReactElement {
  const stays = { staleTime: Infinity };
  const comparison = useQuery({
    queryKey: ['comparison', pair.older, pair.newer],
    queryFn: async ({ signal }) => (await comparisonsMake({ body: pair, signal, throwOnError: true })).data,
    ...stays,
  });
  const older = useQuery({ ...reportsReadOptions({ path: { reportId: pair.older } }), ...stays });
  const newer = useQuery({ ...reportsReadOptions({ path: { reportId: pair.newer } }), ...stays });
  const comparisonId = comparison.data?.comparisonId ?? null;
  const notice = useQuery({
    ...comparisonsNoticeOptions({ path: { comparisonId: comparisonId ?? '' } }),
    ...stays,
    enabled: false, // read when somebody wants it
  });
  const whole =
    comparison.data && older.data && newer.data
      ? { changes: comparison.data.changes, older: older.data, newer: newer.data }
      : undefined;
  const error = comparison.error ?? older.error ?? newer.error;
  const again = () => Promise.all([comparison, older, newer].map((query) => query.refetch()));
  return (
    <>
      {error !== null && <NoPair kind="unreadable" pair={pair} nextDueOn={null} />}
      <QueryState query={{ data: whole, error, refetch: again }} rows={8}>
        {(data) => (
          <>
            <ComparisonView compared={data} />
            <NoticeDraftPanel notice={notice} onOpen={() => void notice.refetch()} />
          </>
        )}
      </QueryState>
    </>
  );
}
