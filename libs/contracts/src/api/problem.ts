import { z } from 'zod';

/** Stable codes of problems (api.md §3) with the status each one is sent with. */
export const problemStatus = {
  malformed: 400,
  validation: 400,
  'idempotency-key-required': 400,
  'cursor-invalid': 400,
  'unknown-parameter': 400,
  'not-signed-in': 401,
  'token-expired': 401,
  'not-allowed': 403,
  'not-found': 404,
  'idempotency-key-in-flight': 409,
  'state-conflict': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'purpose-guard': 422,
  'idempotency-key-reused': 422,
  'nothing-to-ask': 422,
  'rate-limited': 429,
  cooldown: 429,
  internal: 500,
  overloaded: 503,
  'shutting-down': 503,
  'dependency-down': 503,
  csrf: 403,
  'reason-required': 403,
  'step-up-required': 403,
  'own-draft': 403,
  expired: 410,
  'simulated-not-exportable': 422,
  'locked-out': 429,
  'version-mismatch': 412,
  'if-match-required': 428,
} as const;
export type ProblemCode = keyof typeof problemStatus;

/** One thing that is wrong: where, what, and how to mend it. Never repeats a name, number or secret. */
export const problemItemSchema = z.strictObject({
  pointer: z.string().optional(), // JSON Pointer into the body
  parameter: z.string().optional(), // name of a query parameter or header
  code: z.string(),
  rule: z.string().optional(),
  detail: z.string(),
  fix: z.string(),
  link: z.string().optional(), // address of what helps, such as the inquiry that asks the same
});
export type ProblemItem = z.infer<typeof problemItemSchema>;

/** `application/problem+json` (RFC 9457) with all problems at once. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(problemItemSchema),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
