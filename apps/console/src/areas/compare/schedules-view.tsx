import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schedule } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../shared/table/data-table.tsx';

interface SchedulesViewProps {
  readonly schedules: readonly Schedule[];
  readonly isDue: boolean; // only those with a run to send
  readonly isWhole: boolean;
}

/** A row per schedule: what is due, when the next one is, and how the last one went. */
export function SchedulesView({ schedules, isDue, isWhole }: SchedulesViewProps): ReactElement {
  const { t } = useTranslation('compare');
  const rows = schedules.toSorted((one, other) => urgency(one).localeCompare(urgency(other)));
  return (
    <>
      <DataTable<Schedule>
        caption={t('schedules.title')}
        rows={rows}
        rowKey={({ scheduleId }) => scheduleId}
        emptyReason={t(isDue ? 'schedules.noneDue' : 'schedules.none')}
        columns={[
          {
            title: t('schedules.what'),
            render: (_, { intervalMonths, endsOn, startsOn, state }) =>
              t(`schedule.every.${state}`, {
                months: t(`schedule.interval.${intervalMonths}`),
                until: endsOn.slice(0, 7),
                from: startsOn,
              }),
          },
          { title: t('schedules.now'), render: (_, schedule) => <Now schedule={schedule} /> },
          { title: t('schedules.next'), width: 130, render: (_, { nextDueOn }) => nextDueOn ?? t('schedules.noNext') },
          {
            title: t('schedules.open'),
            width: 220,
            render: (_, { inquiryId, caseId }) => (
              <>
                <Link to={`/inquiries/${inquiryId}/follow-up`}>{t('schedules.toFollowUp')}</Link>
                {' · '}
                <Link to={`/cases/${caseId}`}>{t('schedules.toCase')}</Link>
              </>
            ),
          },
        ]}
      />
      {!isWhole && <p className="when">{t('schedules.more', { count: schedules.length })}</p>}
    </>
  );
}

/** Due ones first, then by the next day. */
function urgency({ runs, nextDueOn, state }: Schedule): string {
  if (state === 'active' && runs.some((run) => run.state === 'prepared')) return '0';
  return state === 'ended' ? '3' : `1 ${nextDueOn ?? '9'}`;
}

/** What the newest run that has begun came to; a run that was missed or has failed is said, never left out. */
function Now({ schedule: { runs } }: { readonly schedule: Schedule }): ReactElement {
  const { t } = useTranslation('compare');
  const last = runs.findLast(({ state }) => state !== 'planned' && state !== 'dropped');
  const missed = runs.filter(({ state }) => state === 'missed' || state === 'failed').length;
  return (
    <>
      {last === undefined ? t('schedules.notBegun') : t(`schedule.runState.${last.state}`)}
      {missed > 0 && <span className="compare-mark">{t('schedules.missed', { count: missed })}</span>}
    </>
  );
}
