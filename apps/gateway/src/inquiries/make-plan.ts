import type { Inquiry, Plan, PlannedLine, Scope } from '#contracts';
import { planInquiry } from '#inquiry';
import { toDay } from '#platform';
import type { Gateway } from '../gateway.ts';
import { usualDurationMs } from './due-policy.ts';

export interface PlanAsked {
  readonly scope: Scope;
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
  const latest = new Date(asked.at.getTime() + usualDurationMs([]));
  const draft = await planOnce(gateway, asked, { dueAt: asked.dueAt ?? gateway.toInstant(latest), firstSerial: 0 });
  if (asked.dueAt !== null) return { plan: draft, dueAt: asked.dueAt };
  const usual = new Date(asked.at.getTime() + usualDurationMs(draft.lines.filter(isAsked)));
  return { plan: draft, dueAt: gateway.toInstant(usual) };
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
  const { settings, installation, adapters, toInstant } = gateway;
  const { scope, debtorKind, identifiers, transactionPeriod, at } = asked;
  return planInquiry({
    inquiry: { requestedAt: toInstant(at), dueAt: numbers.dueAt, debtorKind, identifiers, transactionPeriod },
    scope,
    agencies: installation.agencies,
    channels: new Map(installation.channels.map((channel) => [channel.channelId, channel])),
    manifests: await adapters.manifests(),
    firstSerial: numbers.firstSerial,
    shardSize: settings.shardSize,
    date: toDay(at, settings.timeZone).replaceAll('-', ''),
  });
}
