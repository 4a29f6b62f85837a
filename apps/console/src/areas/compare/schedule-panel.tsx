import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { schedulesListOptions, schedulesListQueryKey } from '../../api/generated/@tanstack/react-query.gen.ts';
import { schedulesChange, schedulerunsSend, schedulesCreate } from '../../api/generated/sdk.gen.ts';
import type { Case, Inquiry, Schedule } from '../../api/generated/types.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import type { QueryLike } from '../../shared/state/query-state.tsx';
import { QueryState } from '../../shared/state/query-state.tsx';
import { ScheduleActs, type ScheduleAct } from './schedule-acts.tsx';
import { NewScheduleForm, type ScheduleDraft } from './new-schedule-form.tsx';
import { isAnswered, namesItems } from './refusal-notice.tsx';
import { ScheduleView } from './schedule-view.tsx';

interface SchedulePanelProps {
  readonly inquiry: Inquiry;
  readonly file: QueryLike<Case>;
  readonly mayWrite: boolean;
}

/** The schedule of the inquiry's debtor: what it is, what it has done, and making one where the case was terminated. */
export function SchedulePanel({ inquiry, file, mayWrite }: SchedulePanelProps): ReactElement {
  const { t } = useTranslation('compare');
  const client = useQueryClient();
  const { caseId, debtorId, inquiryId } = inquiry;
  const list = useQuery(schedulesListOptions({ query: { caseId } }));
  const refresh = () => client.invalidateQueries({ queryKey: schedulesListQueryKey({ query: { caseId } }) });
  const { key, renew } = useIntent();
  const create = useMutation({
    mutationFn: (draft: ScheduleDraft) =>
      schedulesCreate({ body: { inquiryId, ...draft }, headers: { 'Idempotency-Key': key() }, throwOnError: true }),
    onSuccess: async () => {
      renew();
      await refresh();
    },
    onError: (error) => isAnswered(error) && renew(),
  });
  return (
    <section className="panel" aria-label={t('schedule.title')}>
      <h2>{t('schedule.title')}</h2>
      <QueryState query={list}>
        {({ items }) => {
          const own = items.filter((each) => each.debtorId === debtorId);
          const standing = own.find(({ state }) => state !== 'ended');
          return (
            <>
              {own.length === 0 && <p data-schedule="none">{t('schedule.none')}</p>}
              {own.map((schedule) => (
                <OneSchedule key={schedule.scheduleId} schedule={schedule} mayWrite={mayWrite} onDone={refresh} />
              ))}
              {standing === undefined && (
                <QueryState query={file} rows={1}>
                  {({ state }) =>
                    state === 'terminated' ? (
                      mayWrite && (
                        <NewScheduleForm busy={create.isPending} error={create.error} onMake={create.mutate} />
                      )
                    ) : (
                      <p>{t('schedule.notTerminated')}</p>
                    )
                  }
                </QueryState>
              )}
            </>
          );
        }}
      </QueryState>
    </section>
  );
}

interface OneScheduleProps {
  readonly schedule: Schedule;
  readonly mayWrite: boolean;
  readonly onDone: () => Promise<unknown>;
}

/** One schedule with what can be done with it now. */
export function OneSchedule({ schedule, mayWrite, onDone }: OneScheduleProps): ReactElement {
  const [act, setAct] = useState<ScheduleAct | null>(null);
  const { key, renew } = useIntent();
  const run = useMutation({
    mutationFn: async ({ chosen, reason }: { readonly chosen: ScheduleAct; readonly reason: string }) =>
      perform(schedule, { act: chosen, reason, key: key() }),
    onSuccess: async () => {
      renew();
      setAct(null);
      await onDone();
    },
    onError: (error) => {
      if (isAnswered(error)) renew();
      if (namesItems(error)) setAct(null); // what is missing is told on the page, where it can be mended
    },
  });
  const open = (chosen: ScheduleAct) => {
    run.reset();
    setAct(chosen);
  };
  return (
    <>
      <ScheduleView schedule={schedule} />
      {mayWrite && (
        <ScheduleActs
          schedule={schedule}
          open={act}
          busy={run.isPending}
          error={run.error}
          onOpen={open}
          onClose={() => setAct(null)}
          onConfirm={(chosen, reason) => run.mutate({ chosen, reason })}
        />
      )}
    </>
  );
}

interface Performed {
  readonly act: ScheduleAct;
  readonly reason: string;
  readonly key: string;
}

async function perform({ scheduleId, runs }: Schedule, { act, reason, key }: Performed): Promise<unknown> {
  const at = { path: { scheduleId }, headers: { 'Idempotency-Key': key }, throwOnError: true as const };
  if (act !== 'send') return schedulesChange({ ...at, body: { state: act, reason } });
  const runNo = runs.find(({ state }) => state === 'prepared')?.runNo ?? 0;
  return schedulerunsSend({ ...at, body: { runNo, reason } });
}
