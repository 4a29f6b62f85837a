import { z } from 'zod';

const lineSchema = z.looseObject({ time: z.string(), level: z.string(), event: z.string().default('') });
const colours: Readonly<Record<string, number>> = { debug: 90, info: 36, warn: 33, error: 31 };
const silent = new Set(['time', 'level', 'event', 'service', 'version']);

/** One JSON log line for people: `14:05:30.123 info  inquiry.accepted inquiryId=inq_…`. */
export function prettyLine(line: string): string {
  const read = lineSchema.safeParse(JSON.parse(line));
  if (!read.success) return line;
  const { time, level, event } = read.data;
  const paint = (colour: number, text: string) => `\u001B[${colour}m${text}\u001B[0m`;
  const fields = Object.entries(read.data)
    .filter(([key]) => !silent.has(key))
    .map(([key, value]) => `${paint(90, `${key}=`)}${String(value)}`);
  return `${[paint(90, time.slice(11, 23)), paint(colours[level] ?? 0, level.padEnd(5)), event, ...fields].join(' ')}\n`;
}
