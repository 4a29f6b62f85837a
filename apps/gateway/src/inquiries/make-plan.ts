import type { Agency, Inquiry, Plan, PlannedLine, RegisteredOfficer, Scope } from '#contracts';
import { isRegisteredWith, planInquiry } from '#inquiry';
import { toDay } from '#platform';
import type { Gateway } from '../gateway.ts';
import { latestDueAt, usualDueAt } from './due-policy.ts';

export interface PlanAsked {
  readonly scope: Scope;
  /** In whose name agencies are asked. */
  readonly officer: RegisteredOfficer;
  readonly debtorKind: Inquiry['debtor']['kind'];
  readonly identifiers: Inquiry['debtor']['ids'];
  readonly transactionPeriod: Inquiry['transactionPeriod'];
  readonly at: Date;
  /** Null: as long as usual for the agencies that are asked. */
  readonly dueAt: string | null;
}

export interface MadePlan {
  readonly plan: Plan;
  readonly dueAt: string;
}

/** The plan without numbers of its own: who would be asked, and who would not, with the cause. */
export async function draftPlan(gateway: Gateway, asked: PlanAsked): Promise<MadePlan> {
  const { installation, clocks, toInstant } = gateway;
  const { at } = asked;
  if (asked.dueAt !== null)
    return { plan: await planOnce(gateway, asked, { dueAt: asked.dueAt, firstSerial: 0 }), dueAt: asked.dueAt };
  const plan = await planOnce(gateway, asked, { dueAt: toInstant(latestDueAt(at)), firstSerial: 0 });
  const chosen = new Set(plan.lines.filter(isAsked).map(({ agencyId }) => agencyId));
  const agencies = installation.agencies.filter(({ agencyId }) => chosen.has(agencyId));
  const usual = usualDueAt(agencies, { clocks, at });
  const dueAt = toInstant(usual);
  const isLater = (time: string | null) => time !== null && Date.parse(time) > usual.getTime();
  const lines = plan.lines.map((line) => (isLater(line.dueAt) ? { ...line, dueAt } : line));
  return { plan: { ...plan, lines }, dueAt };
}

/** The plan to be stored: each asked line has a request number that was never given out before. */
export async function finalPlan(gateway: Gateway, asked: PlanAsked, draft: MadePlan): Promise<Plan> {
  const firstSerial = await gateway.store.inquiries.nextSerials(draft.plan.lines.filter(isAsked).length);
  return planOnce(gateway, asked, { dueAt: draft.dueAt, firstSerial });
}

export const isAsked = ({ notAskedCause }: Pick<PlannedLine, 'notAskedCause'>): boolean => notAskedCause === null;

async function planOnce(
  gateway: Gateway,
  asked: PlanAsked,
  numbers: { readonly dueAt: string; readonly firstSerial: number },
): Promise<Plan> {
  const { settings, installation, clocks, adapters, toInstant } = gateway;
  const { scope, debtorKind, identifiers, transactionPeriod, at } = asked;
  return planInquiry({
    inquiry: { requestedAt: toInstant(at), dueAt: numbers.dueAt, debtorKind, identifiers, transactionPeriod },
    scope,
    agencies: installation.agencies,
    channels: new Map(installation.channels.map((channel) => [channel.channelId, channel])),
    manifests: await adapters.manifests(),
    clocks,
    isRegistered: registeredBy(gateway, asked),
    firstSerial: numbers.firstSerial,
    shardSize: settings.shardSize,
    date: toDay(at, settings.timeZone).replaceAll('-', ''),
  });
}

/** Whether the officer's cards are filed with an agency on the day of asking. */
export function registeredBy(
  { settings }: Pick<Gateway, 'settings'>,
  { officer, at }: Pick<PlanAsked, 'officer' | 'at'>,
): (agency: Agency) => boolean {
  const day = toDay(at, settings.timeZone);
  return (agency) => isRegisteredWith(officer.registrations, agency, day);
}
