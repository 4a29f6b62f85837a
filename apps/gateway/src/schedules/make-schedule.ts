import type { NewSchedule, ProblemItem, ScheduleView } from '#contracts';
import { scheduleDays, stateItems } from '#inquiry';
import { toDay } from '#platform';
import type { Transaction } from '#store';
import type { Caller } from '../access/caller.ts';
import { inquiryToActOn } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import { ProblemError } from '../http/problem-error.ts';
import { refuseMissing } from '../inquiries/grounds.ts';

const farthestDays = 366;
const dayMs = 86_400_000;

/** The purpose and where it comes from, of every inquiry that a schedule asks for. */
export const scheduledPurpose = { purpose: 'post-termination-requery', origin: 'schedule' } as const;

/**
 * Makes a schedule for the debtor of an inquiry, in a case that was terminated (终本).
 * @throws ProblemError `not-found`, `not-allowed`; `purpose-guard` where the case was not terminated; `validation`;
 * `state-conflict` when one stands already
 */
export async function makeSchedule(
  gateway: Gateway,
  caller: Caller,
  { wanted, tx }: { readonly wanted: NewSchedule; readonly tx: Transaction },
): Promise<ScheduleView> {
  const { store } = gateway;
  const { inquiryId, intervalMonths, years, scope, reason, startsOn } = wanted;
  const { caseId, debtorId } = await inquiryToActOn(gateway, caller, inquiryId);
  refuseMissing(stateItems({ ...scheduledPurpose, case: await store.cases.get(caseId, caller.rows.write) }));
  const errors = daysProblems(gateway, wanted);
  if (errors.length > 0) throw new ProblemError('validation', 'The schedule cannot be kept.', { errors });
  const made = await store.schedules.make(tx, {
    ...{ inquiryId, caseId, debtorId, intervalMonths, years, scope, reason },
    days: scheduleDays({ startsOn, intervalMonths, years }),
    by: caller.officer.userId,
  });
  if (made) return made;
  throw new ProblemError('state-conflict', 'A schedule stands for this debtor already; end it first.');
}

/** From tomorrow on, and within a year: what lies behind cannot be asked any more. */
function daysProblems({ clock, settings }: Gateway, { startsOn }: NewSchedule): ProblemItem[] {
  const now = clock.now();
  const today = toDay(now, settings.timeZone);
  const last = toDay(new Date(now.getTime() + farthestDays * dayMs), settings.timeZone);
  const day = { pointer: '/startsOn', fix: 'Choose a day from tomorrow on, within a year.' };
  return [
    ...(startsOn <= today ? [{ ...day, code: 'not-in-future', detail: 'The first day is not in the future.' }] : []),
    ...(startsOn > last ? [{ ...day, code: 'too-far', detail: 'The first day is more than a year away.' }] : []),
  ];
}
