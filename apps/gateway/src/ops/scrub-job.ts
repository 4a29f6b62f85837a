/** Words of errors may quote an agency's message, and a stack may hold paths: neither is shown. */
const hidden: ReadonlySet<string> = new Set([
  'failedReason',
  'stacktrace',
  'stackTrace',
  'returnValue',
  'returnvalue',
  'progress',
]);
const deepest = 12;

/** The body of an answer of the board, scrubbed. */
export const scrubBody = (body: string | Readonly<Record<string, unknown>>): string | Record<string, unknown> =>
  typeof body === 'string'
    ? body
    : Object.fromEntries(Object.entries(body).map(([key, each]) => [key, scrubEntry(key, each, 1)]));

/** The same value without what could hold anybody's data; job data are ids by their schemas (libs/queue/src/jobs.ts). */
export function scrubJob(value: unknown, depth = 0): unknown {
  if (depth > deepest) return null;
  if (Array.isArray(value)) return value.map((each) => scrubJob(each, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, scrubEntry(key, each, depth + 1)]));
}

const scrubEntry = (key: string, value: unknown, depth: number): unknown =>
  hidden.has(key) ? scrubbed(value) : scrubJob(value, depth);

const scrubbed = (value: unknown): unknown => {
  if (Array.isArray(value)) return [];
  return typeof value === 'string' ? '[not shown]' : null;
};
