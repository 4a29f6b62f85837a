import { z } from 'zod';
import { modeSchema } from './category.ts';
import { channelTlsSchema, clientCertificateSchema } from './channel-tls.ts';
import { networkSchema } from './network.ts';
import { channelIdSchema, textSchema } from './text.ts';
import { serviceHoursSchema } from './working-time.ts';

const limitsSchema = z.strictObject({
  deadlineMs: z.int().min(10).max(600_000).default(10_000), // one exchange on the wire
  concurrency: z.int().min(1).max(4_000).default(64), // exchanges at once in one worker
  maxPerSecond: z.number().positive().max(100_000).nullable().default(null), // pace of the whole channel
  maxPerSecondPerAgency: z.number().positive().max(10_000).nullable().default(null),
  maxReplyBytes: z.int().min(1_024).max(104_857_600).default(4_194_304),
  maxCallsPerMinute: z.int().min(1).max(1_000_000).default(12_000), // of one agency at our door
});

const retrySchema = z.strictObject({
  maxAttempts: z.int().min(1).max(20).default(4),
  firstDelayMs: z.int().min(1).max(3_600_000).default(1_000), // doubled each time, with jitter
  longestDelayMs: z.int().min(1).max(86_400_000).default(60_000),
  maxIncompleteAttempts: z.int().min(0).max(5).default(2),
});

const breakerSchema = z.strictObject({
  errorThresholdPercent: z.int().min(1).max(100).default(50),
  volumeThreshold: z.int().min(5).max(1_000).default(5),
  rollingWindowMs: z.int().min(1_000).max(600_000).default(10_000),
  resetTimeoutMs: z.int().min(100).max(3_600_000).default(30_000),
});

/** Mode `ticket`: when an answer is collected. */
const ticketSchema = z.strictObject({
  minIntervalMs: z.int().min(10).max(86_400_000).default(60_000), // between two collections of one asking
  maxCollections: z.int().min(1).max(100_000).default(1_440), // of one asking; then it waits for a person
});

/**
 * One configured connection that serves one or many agencies: `config/channels/<id>.yaml`. `settings` belongs to the
 * adapter and is read by the adapter's own schema in the worker.
 */
export const channelConfigSchema = z.strictObject({
  channelId: channelIdSchema,
  nameZh: textSchema,
  nameEn: textSchema,
  adapter: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  mode: modeSchema,
  enabled: z.boolean().default(true),
  /** Its agencies want to know every officer beforehand (domain.md L02): others are not asked in his name. */
  needsRegisteredOfficer: z.boolean().default(false),
  simulated: z.boolean().default(false), // the other side is a simulator: every answer is marked, production refuses it
  nothingIsReliable: z.boolean().default(true), // false: keeps the verdict, but it never proves absence (WIRE-3)
  baseUrl: z.url().nullable().default(null), // call mode; `{code}` is replaced by the agency's code
  /** Networks that are not public and may be called all the same: lines to agencies, simulators on this computer. */
  allowedNetworks: z.array(networkSchema).max(50).default([]),
  tls: channelTlsSchema.nullable().default(null), // null: TLS as this computer trusts it, without a certificate of ours
  clientCertificates: z.array(clientCertificateSchema).max(10_000).default([]), // mode mailbox: of agencies at our door
  priority: z.int().min(0).max(1_000).default(100), // lower wins when two channels name one asset equally well
  /** Request number: {date} yyyyMMdd, {region} six digits of the agency, {serial:n} n digits. Bound to one asking for ever. */
  requestNumber: z
    .string()
    .regex(/^[A-Za-z0-9{}:]+$/)
    .max(64)
    .default('{date}{serial:12}'),
  limits: limitsSchema.prefault({}),
  service: serviceHoursSchema.nullable().default(null), // null: always open
  lateAnswerDays: z.int().min(0).max(365).default(30), // how long after its due time an answer is still collected
  ticket: ticketSchema.prefault({}),
  /** Modes `mailbox` and `batch`: operators are told when an agency has not come for so long. */
  pollSilenceMinutes: z.int().min(1).max(100_000).default(1_440),
  /** An agency that does not accept our access is held until operators resume it; false: its line says so and is settled. */
  holdWhenUnauthorized: z.boolean().default(true),
  retry: retrySchema.prefault({}),
  breaker: breakerSchema.prefault({}),
  settings: z.record(z.string(), z.unknown()).default({}),
});
export type ChannelConfig = z.infer<typeof channelConfigSchema>;
export type BreakerPolicy = ChannelConfig['breaker'];
export type RetryPolicy = ChannelConfig['retry'];
