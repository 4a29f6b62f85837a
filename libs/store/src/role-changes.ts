import { roleNameSchema, type RoleName } from '#contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Transaction } from './database.ts';
import type { StoreContext } from './store-context.ts';

export type RoleChangeToMake = {
  readonly userId: string;
  /** Empty: suspended. */
  readonly roles: readonly RoleName[];
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
};
/** The roles of somebody that count, instead of those of the register. */
export type RoleChange = {
  readonly userId: string;
  readonly roles: readonly RoleName[];
  readonly changedBy: string;
  readonly changedAt: string;
};

/** Roles as they were changed over the register of people. Rows are only added: the newest of a person counts. */
export type RoleChanges = {
  make(tx: Transaction, toMake: RoleChangeToMake): Promise<void>;
  /** The newest of everybody whose roles were ever changed; of `userId` only, where it is given. */
  newest(userId?: string): Promise<readonly RoleChange[]>;
};

export const openRoleChanges = (context: StoreContext): RoleChanges => ({
  make: (tx, toMake) => make(context, tx, toMake),
  newest: (userId) => newest(context, userId ?? null),
});

/** People of an installation; far more than there are in the largest one. */
const mostPeople = 100_000;
const rolesSchema = z.array(roleNameSchema);

async function make(
  { seals }: StoreContext,
  tx: Transaction,
  { userId, roles, by, at, reason }: RoleChangeToMake,
): Promise<void> {
  const sealed = seals.sealJson(reason, `role_changes.reason/${userId}/${at.getTime()}`);
  await sql`INSERT INTO role_changes (user_id, roles, changed_by, changed_at, reason)
    VALUES (${userId}, ${[...roles]}::text[], ${by}, ${at}, ${sealed})`.execute(tx);
}

type Row = { user_id: string; roles: string[]; changed_by: string; changed_at: Date };

async function newest({ db, toInstant }: StoreContext, userId: string | null): Promise<readonly RoleChange[]> {
  const { rows } = await sql<Row>`SELECT DISTINCT ON (user_id) user_id, roles, changed_by, changed_at FROM role_changes
    WHERE ${userId}::text IS NULL OR user_id = ${userId}
    ORDER BY user_id, change_no DESC LIMIT ${mostPeople}`.execute(db);
  return rows.map((row) => ({
    userId: row.user_id,
    roles: rolesSchema.parse(row.roles),
    changedBy: row.changed_by,
    changedAt: toInstant(row.changed_at),
  }));
}
