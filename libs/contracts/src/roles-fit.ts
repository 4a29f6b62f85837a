import type { RoleName } from './officer-register.ts';

/** Roles that stand alone: who watches, or administers rights, does not ask; who answers for an agency sees no case. */
const alone = {
  'court-admin': 'who administers rights neither asks nor approves',
  auditor: 'who audits does nothing that is audited',
  wallboard: 'a wallboard is no person at work',
  clerk: 'a clerk works for an agency, not for the court',
} as const satisfies Partial<Record<RoleName, string>>;

const standsAlone = (role: RoleName): role is keyof typeof alone => role in alone;

/** Why these roles cannot be held together by one person; empty: they can. */
export function rolesThatClash(roles: readonly RoleName[]): readonly string[] {
  const held = [...new Set(roles)];
  if (held.length < 2) return [];
  return held.filter(standsAlone).map((role) => `${role} stands alone: ${alone[role]}`);
}
