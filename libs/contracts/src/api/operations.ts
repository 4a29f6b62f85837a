import { z } from 'zod';
import { categorySchema, modeSchema } from '../category.ts';
import { agencyIdSchema, channelIdSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

const breakerSchema = z.enum(['closed', 'half-open', 'open']);

/** One agency for officers and operators. */
export const agencyViewSchema = z
  .strictObject({
    agencyId: agencyIdSchema,
    nameZh: z.string(),
    nameEn: z.string(),
    category: categorySchema,
    region: z.string().nullable(),
    connected: z.boolean(),
    channelId: channelIdSchema.nullable(),
    mode: modeSchema.nullable(),
    adapterId: z.string().nullable(),
    matchRule: z.strictObject({ natural: z.string(), organisation: z.string() }).nullable(),
    delivers: z.array(z.string()),
    legalPrerequisites: z.array(z.strictObject({ zh: z.string(), en: z.string() })),
    typicalMs: z.int().nullable(),
    promisedMs: z.int().nullable(),
    paused: z.boolean(),
    breaker: z.strictObject({ state: breakerSchema, since: instantSchema.nullable() }).nullable(), // null: no call made yet
    lastPolledAt: instantSchema.nullable(), // mailbox
    simulated: z.boolean(),
  })
  .meta({ id: 'Agency' });
export type AgencyView = z.infer<typeof agencyViewSchema>;

export const channelViewSchema = z
  .strictObject({
    channelId: channelIdSchema,
    nameZh: z.string(),
    nameEn: z.string(),
    adapterId: z.string(),
    adapterVersion: z.string().nullable(), // null: no worker has announced it
    mode: modeSchema,
    state: z.enum(['normal', 'paused', 'unhosted', 'disabled']),
    pausedReason: z.string().nullable(),
    simulated: z.boolean(),
    agencies: z.int(),
    breakers: z.strictObject({ closed: z.int(), halfOpen: z.int(), open: z.int() }),
    queue: z.strictObject({ waiting: z.int(), active: z.int(), delayed: z.int(), failed: z.int() }).nullable(),
    workers: z.int(),
  })
  .meta({ id: 'Channel' });
export type ChannelView = z.infer<typeof channelViewSchema>;

/** `POST /channels/{id}/pause`, `POST /agencies/{id}/pause`. */
export const newPauseSchema = z.strictObject({ reason: textSchema }).meta({ id: 'NewPause' });
/** `POST /channels/{id}/breaker-resets`: one agency, or all of the channel. */
export const newBreakerResetSchema = z
  .strictObject({ agencyId: agencyIdSchema.nullable().default(null), reason: textSchema })
  .meta({ id: 'NewBreakerReset' });
export const operationViewSchema = z
  .strictObject({
    channelId: channelIdSchema,
    agencyId: agencyIdSchema.nullable(),
    done: z.string(),
    workersTold: z.int(),
  })
  .meta({ id: 'OperationDone' });

export const meViewSchema = z
  .strictObject({
    userId: z.string(),
    name: z.string(),
    courtCode: z.string(),
    courtName: z.string(),
    roles: z.array(z.string()),
    scopes: z.array(z.string()),
    /** What the person may do, packed by `packRules` of @casl/ability: a console asks the same rules as the gateway. */
    rules: z.array(z.array(z.unknown())),
    /** Of a browser that has signed in; null for tokens. */
    session: z
      .strictObject({
        csrfToken: z.string(), // goes with every request that changes something, as X-CSRF-Token
        authenticatedAt: instantSchema,
        idleEndsAt: instantSchema, // unless something is done before
        endsAt: instantSchema,
      })
      .nullable()
      .default(null),
  })
  .meta({ id: 'Me' });
export type MeView = z.infer<typeof meViewSchema>;

export const healthSchema = z
  .strictObject({
    status: z.enum(['ok', 'degraded', 'down']),
    checks: z.record(
      z.string(),
      z.strictObject({ status: z.enum(['ok', 'degraded', 'down']), ms: z.number().nullable() }),
    ),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;
