import { z } from 'zod';
import { manifestSchema } from './manifest.ts';
import { agencyIdSchema, channelIdSchema } from './text.ts';
import { instantSchema } from './time.ts';

/** Messages between gateway and workers. Truth is in the database: a lost message only makes somebody learn it later. */
const breakerReportSchema = z.strictObject({
  channelId: channelIdSchema,
  agencyId: agencyIdSchema,
  state: z.enum(['closed', 'half-open', 'open']),
  since: instantSchema,
});
export type BreakerReport = z.infer<typeof breakerReportSchema>;

/** A worker says who it is, and which adapters and channels it hosts. */
export const helloSchema = z.strictObject({
  workerId: z.string().min(1),
  startedAt: instantSchema,
  control: z.string().nullable(), // where it takes commands: tcp://host:port; null over Redis
  channels: z.array(z.strictObject({ channelId: channelIdSchema, manifest: manifestSchema })),
});
export type Hello = z.infer<typeof helloSchema>;

export const heartbeatSchema = z.strictObject({
  workerId: z.string().min(1),
  at: instantSchema,
  inFlight: z.int().nonnegative(),
  breakers: z.array(breakerReportSchema).max(10_000), // those that are not closed
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

export const breakerChangedSchema = breakerReportSchema.extend({ workerId: z.string().min(1) });

/** A command to one worker; it answers when it has taken effect there. */
export const controlCommandSchema = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('refresh-pauses') }),
  z.strictObject({
    command: z.literal('reset-breaker'),
    channelId: channelIdSchema,
    agencyId: agencyIdSchema.nullable(),
  }),
]);
export type ControlCommand = z.infer<typeof controlCommandSchema>;

/** Patterns of the control channel; commands over Redis carry the worker's id. */
export const controlPatterns = {
  hello: 'worker.hello',
  heartbeat: 'worker.heartbeat',
  breakerChanged: 'worker.breaker-changed',
  goodbye: 'worker.goodbye',
  command: (workerId: string) => `worker.command.${workerId}`,
} as const;

/** Where control messages travel: TCP on loopback in the embedded shape, Redis where there is one. */
export type ControlPlace =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | {
      readonly kind: 'redis';
      readonly host: string;
      readonly port: number;
      readonly username: string | undefined;
      readonly password: string | undefined;
      readonly tls: boolean;
    };

/** `tcp://host:port` or `redis(s)://[user:password@]host:port`; null when it is neither. */
export function readControlUrl(text: string): ControlPlace | null {
  const url = URL.parse(text);
  if (!url || url.hostname === '') return null;
  if (url.protocol === 'tcp:' && url.port !== '') return { kind: 'tcp', host: url.hostname, port: Number(url.port) };
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') return null;
  const part = (value: string) => (value === '' ? undefined : decodeURIComponent(value));
  return {
    kind: 'redis',
    host: url.hostname,
    port: url.port === '' ? 6_379 : Number(url.port),
    username: part(url.username),
    password: part(url.password),
    tls: url.protocol === 'rediss:',
  };
}
