import pg from 'pg';

/** Tables that may change while everything is refused, each with the reason. */
const mayChange: Readonly<Record<string, string>> = {
  'public.audit_events': 'refusals are put down in the ledger',
  'public.audit_head': 'the end of the ledger',
  'public.audit_checkpoints': 'the ledger is signed while all this goes on',
  'public.data_keys': 'seals are counted',
  'public.refused_addresses': 'failures are counted by address',
};

/** Rows and a hash of them, by table, of everything but the tables that may change. */
export async function fingerprints(databaseUrl: string): Promise<Readonly<Record<string, string>>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const gone = Object.keys(mayChange).filter((name) => !tables.some((each) => each.name === name));
    if (gone.length > 0) throw new Error(`${gone.join()} is no table; take it out of test/security/unchanged.ts`);
    const found: Record<string, string> = {};
    for (const { name } of tables) {
      if (name in mayChange) continue;
      const { rows } = await client.query<{ print: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(each::text), '' ORDER BY md5(each::text))), '') AS print FROM ${name} AS each`,
      );
      found[name] = rows[0]?.print ?? '';
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Names of the tables that differ. */
export const changedTables = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] => Object.keys(after).filter((name) => before[name] !== after[name]);
