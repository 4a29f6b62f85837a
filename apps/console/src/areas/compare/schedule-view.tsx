import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schedule } from '../../api/generated/types.gen.ts';
import { dateOf } from '../../shared/time.ts';

type Run = Schedule['runs'][number];

/** A schedule in words, with every run: what was done, what is due, and what was not done. */
export function ScheduleView({ schedule }: { readonly schedule: Schedule }): ReactElement {
  const { t } = useTranslation('compare');
  const { intervalMonths, startsOn, endsOn, state, stateReason, stateAt, nextDueOn, runs } = schedule;
  const until = endsOn.slice(0, 7);
  return (
    <div data-schedule={state}>
      <p className="sentence">
        {t(`schedule.every.${state}`, { months: t(`schedule.interval.${intervalMonths}`), until, from: startsOn })}
      </p>
      <p>
        {t(`schedule.state.${state}`, { date: dateOf(stateAt) })} {stateReason}
      </p>
      {state !== 'ended' && (
        <p>{nextDueOn === null ? t('schedule.noneLeft') : t('schedule.next', { date: nextDueOn })}</p>
      )}
      <ol className="compare-runs">
        {runs.map((run) => (
          <li key={run.runNo} data-run={run.state}>
            <span>{t('schedule.run', { no: run.runNo, date: run.dueOn })}</span>
            <RunState run={run} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function RunState({ run }: { readonly run: Run }): ReactElement {
  const { t } = useTranslation('compare');
  return (
    <>
      <span>{t(`schedule.runState.${run.state}`)}</span>
      {run.inquiryId !== null && <Link to={`/inquiries/${run.inquiryId}`}>{t('schedule.toInquiry')}</Link>}
      {run.comparisonId !== null && (
        <Link to={`/comparisons?id=${run.comparisonId}`}>{t('schedule.toComparison')}</Link>
      )}
      {run.failure !== null && <span>{t('schedule.failure', { code: run.failure, attempts: run.attempts })}</span>}
    </>
  );
}
