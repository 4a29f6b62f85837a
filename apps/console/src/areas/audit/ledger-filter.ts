import type { AuditActionInput, AuditeventsListData } from '../../api/generated/types.gen.ts';

/** Which entries are listed. It stands in the address, so it holds ids and codes only and nothing about a debtor. */
export interface LedgerFilter {
  readonly action: AuditActionInput | null;
  readonly actor: string | null;
  readonly caseId: string | null;
  /** The last days; null: from the beginning. */
  readonly days: number | null;
}

export const dayChoices = [1, 7, 30, 90] as const;

/** The same list as the contract's; its spec holds the two together, because the contract brings schemas along. */
export const actions: readonly AuditActionInput[] = [
  'session.opened',
  'session.refused',
  'session.closed',
  'token.created',
  'token.revoked',
  'access.denied',
  'roles.changed',
  'case.created',
  'case.read',
  'cases.listed',
  'case.changed',
  'case.assigned',
  'case.handed-over',
  'debtor.created',
  'debtor.read',
  'debtor.searched',
  'debtor.marked',
  'mark.read',
  'file.uploaded',
  'file.read',
  'inquiry.previewed',
  'inquiry.sent',
  'inquiry.refused',
  'inquiry.read',
  'inquiries.listed',
  'inquiry.followed',
  'inquiry.requeried',
  'inquiry.cancelled',
  'inquiry.paused',
  'inquiry.resumed',
  'import.created',
  'import.read',
  'import.changed',
  'import.exported',
  'import.sent',
  'approval.asked',
  'approval.read',
  'approval.decided',
  'approval.withdrawn',
  'emergency.used',
  'emergency.read',
  'emergency.reviewed',
  'answer.read',
  'answer.stated',
  'answer.entered',
  'raw.read',
  'task.read',
  'report.read',
  'report.cut',
  'report.exported',
  'comparison.made',
  'comparison.read',
  'schedule.created',
  'schedule.read',
  'schedule.changed',
  'note.read',
  'note.written',
  'operations.changed',
  'quarantine.replayed',
  'audit.read',
  'audit.verified',
  'audit.exported',
  'checkpoint.signed',
  'hold.read',
  'hold.placed',
  'hold.lifted',
  'raw.culled',
  'keys.rotated',
];

const idOf = (value: string | null, prefix: string): string | null =>
  value !== null && new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,60}$`).test(value) ? value : null;

/** What an address asks for. A value that can be no id is not asked for, and does not stay in the address either. */
export function filterOf(search: URLSearchParams): LedgerFilter {
  const [action, days] = [search.get('action'), search.get('days')];
  return {
    action: actions.find((each) => each === action) ?? null,
    actor: idOf(search.get('officer'), 'usr'),
    caseId: idOf(search.get('case'), 'case'),
    days: dayChoices.find((each) => `${each}` === days) ?? null,
  };
}

/** The address of a filter; what else stands in it (an open entry, say) is left as it is. */
export function searchOf(before: URLSearchParams, filter: LedgerFilter): URLSearchParams {
  const after = new URLSearchParams(before);
  const entries = [
    ['action', filter.action],
    ['officer', filter.actor],
    ['case', filter.caseId],
    ['days', filter.days === null ? null : `${filter.days}`],
  ] as const;
  for (const [name, value] of entries) {
    if (value === null) after.delete(name);
    else after.set(name, value);
  }
  return after;
}

const dayMs = 86_400_000;

/** As the gateway is asked. */
export const queryOf = (
  { action, actor, caseId, days }: LedgerFilter,
  now: number,
): NonNullable<AuditeventsListData['query']> => ({
  ...(action !== null && { action }),
  ...(actor !== null && { actor }),
  ...(caseId !== null && { caseId }),
  ...(days !== null && { from: new Date(now - days * dayMs).toISOString() }),
});

export const isFiltered = (filter: LedgerFilter): boolean => Object.values(filter).some((each) => each !== null);
