import type { ScheduleView } from '#contracts';

const coming = new Set(['planned', 'prepared']);

/**
 * The days of runs that are still to come as a calendar (RFC 5545). A calendar is read by programs of others: it holds
 * days and our ids, and no case number, name or result.
 */
export function dueCalendar(schedules: readonly ScheduleView[], stamp: Date): string {
  const at = `${stamp.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  const events = schedules
    .filter(({ state }) => state === 'active')
    .flatMap(({ scheduleId, runs }) =>
      runs
        .filter(({ state }) => coming.has(state))
        .flatMap(({ runNo, dueOn }) => [
          'BEGIN:VEVENT',
          `UID:${scheduleId}-${runNo}@chakong`,
          `DTSTAMP:${at}`,
          `DTSTART;VALUE=DATE:${dueOn.replaceAll('-', '')}`,
          `SUMMARY:终本后定期查询到期（第 ${runNo} 次）`,
          `DESCRIPTION:${scheduleId}`,
          'TRANSP:TRANSPARENT',
          'END:VEVENT',
        ]),
    );
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Chakong Gateway//Schedules//ZH', 'CALSCALE:GREGORIAN'];
  return `${[...head, ...events, 'END:VCALENDAR'].join('\r\n')}\r\n`;
}
