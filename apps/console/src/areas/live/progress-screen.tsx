import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useMay } from '../../shared/api/use-me.ts';
import { Screen } from '../../shared/screen.tsx';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ProgressActions } from './progress-actions.tsx';
import { type LinesView, ProgressView } from './progress-view.tsx';
import { tallyOf } from './progress-state.ts';
import { useProgress } from './use-progress.ts';

/** S06: an inquiry while it runs, and after. */
export function ProgressScreen(): ReactElement {
  const { t } = useTranslation('live');
  const { inquiryId = '' } = useParams();
  const { inquiry, lines, state, connection, readLater } = useProgress(inquiryId);
  const [look, setLook] = useLook();
  const may = useMay();
  const now = useNow();
  const answered = inquiry.data ? `${inquiry.data.counts.answered}/${inquiry.data.counts.asked}` : undefined;
  const all = useMemo(() => (state === null ? null : [...state.lines.values()]), [state]);
  const tally = useMemo(() => (all === null ? null : tallyOf(all)), [all]);
  return (
    <Screen
      title={t('title')}
      {...(answered === undefined ? {} : { tabTitle: `${answered} ${t('title')}` })}
      actions={
        inquiry.data && (
          <ProgressActions
            inquiry={inquiry.data}
            lines={all ?? []}
            mayWrite={may('inquiries:write')}
            onDone={readLater}
          />
        )
      }
    >
      <QueryState query={inquiry} rows={3}>
        {(data) => (
          <ProgressView
            inquiry={data}
            lines={all}
            tally={tally}
            connection={connection}
            now={now}
            look={look}
            onLook={setLook}
          />
        )}
      </QueryState>
      {all === null && lines.error !== null && <FailureNotice error={lines.error} again={lines.refetch} />}
    </Screen>
  );
}

const verdicts: readonly LinesView['verdict'][] = ['all', 'found', 'nothing', 'no-answer', 'not-asked'];

/** What is looked at is in the address, so that coming back shows the same. */
function useLook(): [LinesView, (change: Partial<LinesView>) => void] {
  const [search, setSearch] = useSearchParams();
  const look: LinesView = {
    verdict: verdicts.find((each) => each === search.get('verdict')) ?? 'all',
    province: search.get('province'),
  };
  const change = (part: Partial<LinesView>) => {
    const next = { ...look, ...part };
    setSearch(
      {
        ...(next.verdict === 'all' ? {} : { verdict: next.verdict }),
        ...(next.province === null ? {} : { province: next.province }),
      },
      { replace: true },
    );
  };
  return [look, change];
}

/** The moment of reading decides between 尚未反馈 and 未反馈; a minute is fine enough for a due time. */
function useNow(): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
