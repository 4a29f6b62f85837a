import { sql } from 'kysely';
import { appRole } from './app-role-name.ts';
import type { Db } from './database.ts';
import type { StoreLog } from './store-context.ts';
import { codeOf } from './store-fault.ts';

/** SQLSTATE of roles that are there already, and of somebody who may make none. */
const alreadyThere = new Set(['42710', '23505']);
const notAllowed = '42501';
const roleLock = 8_203_771;

/**
 * Makes the role where that is allowed, and gives it its rights on tables that have come since. Called after every
 * migration, for roles belong to the server and not to the database: a restored copy has none.
 */
export async function prepareAppRole(db: Db, log: StoreLog): Promise<void> {
  if (!(await isRoleThere(db)) && !(await makeRole(db, log))) return;
  if (!(await lacksRights(db))) return;
  try {
    await db.transaction().execute(async (tx) => {
      await sql`SELECT pg_advisory_xact_lock(${roleLock})`.execute(tx);
      for (const statement of await grants(tx)) await sql.raw(statement).execute(tx);
    });
    log.info('role.prepared', { role: appRole });
  } catch (error) {
    if (codeOf(error) !== notAllowed) throw error;
    log.warn('role.not-granted', { role: appRole });
  }
}

async function isRoleThere(db: Db): Promise<boolean> {
  const { rows } = await sql`SELECT FROM pg_roles WHERE rolname = ${appRole}`.execute(db);
  return rows.length > 0;
}

async function makeRole(db: Db, log: StoreLog): Promise<boolean> {
  try {
    await sql.raw(`CREATE ROLE ${appRole} NOLOGIN`).execute(db);
    return true;
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (alreadyThere.has(code)) return true;
    if (code !== notAllowed) throw error;
    log.warn('role.not-created', { role: appRole });
    return false;
  }
}

/** A table it cannot read yet, the ledger's own way in, or a login that may not take the role. */
async function lacksRights(db: Db): Promise<boolean> {
  const { rows } = await sql<{ lacks: boolean }>`SELECT NOT pg_has_role(current_user, ${appRole}, 'MEMBER')
    OR NOT has_function_privilege(${appRole}, 'append_audit(text[], text[], bytea[])', 'EXECUTE')
    OR has_table_privilege(${appRole}, 'audit_head', 'UPDATE')
    OR EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema()
      AND tablename NOT LIKE 'kysely_%' AND NOT has_table_privilege(${appRole}, format('%I.%I', schemaname, tablename), 'SELECT'))
    AS lacks`.execute(db);
  return rows[0]?.lacks ?? true;
}

/** Tables that only grow; of the ledger itself nothing but reading and its one function is left. */
const readOnly = ['audit_events', 'audit_head'];
const growing = ['audit_checkpoints', 'audit_packs'];

async function grants(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ schema: string; database: string; user: string; isMember: boolean }>`SELECT
    quote_ident(current_schema()) AS schema, quote_ident(current_database()) AS database,
    quote_ident(current_user) AS user, pg_has_role(current_user, ${appRole}, 'MEMBER') AS "isMember"`.execute(db);
  const [place] = rows;
  if (!place) return [];
  const { schema, database, user } = place;
  return [
    `GRANT USAGE ON SCHEMA ${schema} TO ${appRole}`,
    `GRANT CREATE ON DATABASE ${database} TO ${appRole}`, // the queue keeps a schema of its own, and makes it itself
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${appRole}`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${appRole}`,
    ...readOnly.map((table) => `REVOKE INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER ON ${table} FROM ${appRole}`),
    ...growing.map((table) => `REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON ${table} FROM ${appRole}`),
    `REVOKE ALL ON kysely_migration, kysely_migration_lock FROM ${appRole}`,
    `GRANT EXECUTE ON FUNCTION append_audit(text[], text[], bytea[]), lock_audit_head() TO ${appRole}`,
    ...(place.isMember ? [] : [`GRANT ${appRole} TO ${user}`]),
  ];
}

/**
 * own: the login itself cannot rewrite the ledger; role: it takes the role on every connection; unguarded: it can, and
 * there is no role to take.
 */
export type LedgerGuard = 'own' | 'role' | 'unguarded';

/** How the ledger is kept from the login of this process. */
export async function ledgerGuardOf(db: Db): Promise<LedgerGuard> {
  const { rows } = await sql<{ mayRewrite: boolean; isMember: boolean }>`SELECT
    has_table_privilege('audit_events', 'UPDATE, DELETE, TRUNCATE') OR has_table_privilege('audit_head', 'UPDATE')
      AS "mayRewrite",
    coalesce((SELECT pg_has_role(oid, 'MEMBER') AND has_function_privilege(oid, 'lock_audit_head()', 'EXECUTE') FROM pg_roles WHERE rolname = ${appRole}), false) AS "isMember"`.execute(
    db,
  );
  const [found] = rows;
  if (!found || (found.mayRewrite && !found.isMember)) return 'unguarded';
  return found.mayRewrite ? 'role' : 'own';
}
