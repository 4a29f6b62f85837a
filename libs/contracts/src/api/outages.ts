import { z } from 'zod';
import { agencyIdSchema, channelIdSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';

/** An agency whose breaker is not closed (故障), and what waits for it: counts, never a case and never a person. */
export const incidentViewSchema = z
  .strictObject({
    agencyId: agencyIdSchema,
    channelId: channelIdSchema,
    nameZh: z.string(),
    nameEn: z.string(),
    state: z.enum(['half-open', 'open']),
    since: instantSchema,
    /** Code of the newest change of the breaker, and what failed most before it; null: no worker has written it down. */
    cause: z.string().nullable(),
    reason: z.string().nullable(),
    reasonCode: z.string().nullable(),
    waiting: z.strictObject({
      inquiries: z.int().nonnegative(),
      courts: z.int().nonnegative(),
      more: z.boolean(), // counted no further
    }),
  })
  .meta({ id: 'Incident' });
export type IncidentView = z.infer<typeof incidentViewSchema>;

export const incidentListSchema = z
  .strictObject({
    at: instantSchema,
    open: z.int().nonnegative(), // all there are; `items` holds the first hundred
    items: z.array(incidentViewSchema),
  })
  .meta({ id: 'IncidentList' });
export type IncidentList = z.infer<typeof incidentListSchema>;

/** `POST /incidents/requeries`: asks again what an agency did not answer in a window of time, or only counts it. */
export const newOutageRequerySchema = z
  .strictObject({
    agencyId: agencyIdSchema,
    from: instantSchema,
    until: instantSchema,
    reason: textSchema,
    dryRun: z.boolean(),
    /** Inquiries in this call. The same again under a new key goes on; not sending it stops. */
    budget: z.int().min(1).max(200).default(50),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), { error: 'from must be before until' })
  .meta({ id: 'NewOutageRequery' });

export const outageRequeryViewSchema = z
  .strictObject({
    agencyId: agencyIdSchema,
    dryRun: z.boolean(),
    /** That waited when the call came. */
    inquiries: z.int().nonnegative(),
    courts: z.int().nonnegative(),
    more: z.boolean(), // counted no further
    /** At the pace of the channel; null: the channel has none, so nobody can say. */
    atLeastMs: z.int().nonnegative().nullable(),
    asked: z.int().nonnegative(),
    /** Looked at and left alone: answered meanwhile, or asked again too often. */
    passedOver: z.int().nonnegative(),
  })
  .meta({ id: 'OutageRequery' });
export type OutageRequeryView = z.infer<typeof outageRequeryViewSchema>;

const countsSchema = z.strictObject({
  found: z.int().nonnegative(),
  nothing: z.int().nonnegative(),
  noAnswer: z.int().nonnegative(),
});
const waitSchema = z.strictObject({
  p50: z.int().nonnegative(),
  p95: z.int().nonnegative(),
  p99: z.int().nonnegative(),
});

/** `GET /agencies/{id}/figures`: the journal of the inquiries of the last 24 hours, hour by hour. */
export const agencyFiguresSchema = z
  .strictObject({
    agencyId: agencyIdSchema,
    from: instantSchema,
    at: instantSchema,
    /** Entries of the journal; an inquiry that was asked again counts every time. */
    entries: countsSchema,
    /** From the request of the inquiry to an answer, so with queue and pace; null: no answer, so nothing to measure. */
    waitMs: waitSchema.nullable(),
    hours: z.array(
      z.strictObject({ from: instantSchema, entries: countsSchema, p50: z.int().nonnegative().nullable() }),
    ),
    /** Within these 24 hours. */
    lastEntryAt: instantSchema.nullable(),
    lastAnswerAt: instantSchema.nullable(),
  })
  .meta({ id: 'AgencyFigures' });
export type AgencyFigures = z.infer<typeof agencyFiguresSchema>;
