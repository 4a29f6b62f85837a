import { Redis } from 'ioredis';
import { Client } from 'pg';

/** A text that may stand nowhere in the clear, in every form in which it could slip through. */
export function formsOf(canary: string): string[] {
  const bytes = Buffer.from(canary, 'utf8');
  const escaped = canary.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    ...new Set([
      canary,
      encodeURIComponent(canary),
      escaped,
      escaped.toUpperCase().replaceAll('\\U', '\\u'),
      bytes.toString('hex'),
      bytes.toString('base64').replace(/=+$/, ''),
    ]),
  ];
}

/** Which canaries stand in a text, each with a piece of what surrounds it. */
export function canariesIn(where: string, text: string, canaries: readonly string[]): string[] {
  return canaries.flatMap((canary) => {
    const form = formsOf(canary).find((each) => text.includes(each));
    if (form === undefined) return [];
    const at = text.indexOf(form);
    return [`${where}: …${text.slice(Math.max(0, at - 80), at + 60)}…`];
  });
}

/** All rows of all tables of a database as text, by table; bytes in hexadecimal. */
export async function databaseTexts(databaseUrl: string, schema: string): Promise<ReadonlyMap<string, string>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1 ORDER BY tablename`,
      [schema],
    );
    const texts = new Map<string, string>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT each::text AS row FROM ${name} AS each`);
      texts.set(name, rows.map(({ row }) => row).join('\n'));
    }
    return texts;
  } finally {
    await client.end();
  }
}

/** Everything a Redis holds, as text. */
export async function redisText(url: string): Promise<string> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  try {
    const texts: string[] = [];
    for await (const keys of redis.scanStream({ count: 500 }) as AsyncIterable<string[]>) {
      for (const key of keys) texts.push(key, JSON.stringify(await valueOf(redis, key)));
    }
    return texts.join('\n');
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  if (type === 'string') return redis.get(key);
  if (type === 'hash') return redis.hgetall(key);
  if (type === 'list') return redis.lrange(key, 0, -1);
  if (type === 'set') return redis.smembers(key);
  if (type === 'zset') return redis.zrange(key, '0', '-1');
  if (type === 'stream') return redis.xrange(key, '-', '+');
  return type;
}
