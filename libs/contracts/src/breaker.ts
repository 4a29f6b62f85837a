import { z } from 'zod';
import { reasonSchema } from './no-answer.ts';
import { agencyIdSchema, channelIdSchema, idSchema } from './text.ts';
import { instantSchema } from './time.ts';

export const breakerStateSchema = z.enum(['closed', 'half-open', 'open']);
export type BreakerState = z.infer<typeof breakerStateSchema>;

/** Why a breaker changed. Codes are stored: none is ever renamed. */
export const breakerCauseSchema = z
  .strictObject({
    code: z.enum([
      'failures', // enough exchanges of the rolling window failed
      'probe-begun',
      'probe-taken-over', // whoever was to probe has not said how it went within its lease
      'probe-failed',
      'recovered', // the probe proved that the agency is up
      'operator-reset',
    ]),
    failures: z
      .array(z.strictObject({ reason: reasonSchema, reasonCode: z.string().nullable(), count: z.int().positive() }))
      .max(50),
  })
  .meta({ id: 'BreakerCause' });
export type BreakerCause = z.infer<typeof breakerCauseSchema>;

/** One change of the breaker (熔断) of an agency, seen over all workers. */
export const breakerTransitionSchema = z
  .strictObject({
    transitionId: idSchema('brt'),
    channelId: channelIdSchema,
    agencyId: agencyIdSchema,
    at: instantSchema,
    workerId: z.string().nullable(), // null: an operator, without any worker
    from: breakerStateSchema,
    to: breakerStateSchema,
    cause: breakerCauseSchema,
  })
  .meta({ id: 'BreakerTransition' });
export type BreakerTransition = z.infer<typeof breakerTransitionSchema>;

/** What one worker tells the others about a breaker of its own. */
export interface BreakerChange {
  readonly agencyId: string;
  readonly to: 'open' | 'closed';
  readonly cause: BreakerCause;
  readonly resetInMs: number; // until a probe may be sent; 0 when closed
}

/** A breaker as all workers see it. */
export interface SharedBreaker {
  readonly agencyId: string;
  readonly state: BreakerState;
  readonly since: Date; // when it left `closed`; once closed, when it closed
  readonly resetInMs: number; // until the next probe may be claimed; 0: now
}

/** Whether the caller is the one that may send the probe. */
export type ProbeClaim =
  | { readonly kind: 'granted' }
  | { readonly kind: 'refused'; readonly retryAfterMs: number }
  | { readonly kind: 'closed' }; // the others closed it meanwhile: ask as usual
