import pg from 'pg';
import { z } from 'zod';

const rowSchema = z.object({ seq: z.int(), agency_ids: z.array(z.string()) });

/** When each answer was in the journal, as the database announced it, in milliseconds since 1970. */
export interface JournalTimes {
  /** By agency, of one inquiry. */
  of(inquiryId: string): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

/** Listens like every gateway does, and notes the time before it looks what was written. */
export async function watchJournal(databaseUrl: string): Promise<JournalTimes> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const times = new Map<string, Map<string, number>>();
  let reading: Promise<unknown> = Promise.resolve();
  const read = async (inquiryId: string, at: number) => {
    const known = times.get(inquiryId) ?? new Map<string, number>();
    times.set(inquiryId, known);
    const { rows } = await client.query('SELECT seq, agency_ids FROM answers WHERE inquiry_id = $1', [inquiryId]);
    for (const { agency_ids } of z.array(rowSchema).parse(rows))
      for (const agencyId of agency_ids) if (!known.has(agencyId)) known.set(agencyId, at);
  };
  client.on('notification', ({ payload }) => {
    const at = performance.timeOrigin + performance.now();
    reading = reading.then(() => read(payload ?? '', at));
  });
  await client.query('LISTEN chakong_inquiry');
  return {
    async of(inquiryId) {
      await reading;
      return times.get(inquiryId) ?? new Map();
    },
    stop: () => client.end(),
  };
}
