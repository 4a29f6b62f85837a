import { readdirSync, readFileSync } from 'node:fs';
import { reasonSchema, saidSchema } from '#contracts';
import { z } from 'zod';

const reply = z.strictObject({
  status: z.int().default(200),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.json().optional(), // a text is sent as it stands, anything else as JSON
  bodyBase64: z.base64().optional(),
});

const exchange = z.strictObject({
  path: z.string().optional(), // what the adapter must call
  bodyIncludes: z.array(z.string()).default([]),
  reply,
});

const feedback = z.strictObject({
  operation: z.string(),
  body: z.string(), // readable; the spec turns it into the wire form
  agencyId: z.string().optional(), // the first agency unless given
  requestNumber: z.string(),
});

/** Strict: a mistyped key would otherwise be an expectation that nobody checks. */
const fixtureFile = z
  .strictObject({
    says: z.string().min(1),
    origin: z.enum(['recorded', 'specification', 'made-up']), // a live exchange, a published sample, or our invention
    dated: z.iso.date(),
    redacted: z.literal(true), // every name, number and key in it is synthetic
    mode: z.enum(['call', 'ticket', 'mailbox']),
    debtor: z.enum(['person', 'other-person', 'company']).default('person'),
    settings: z.record(z.string(), z.unknown()).default({}),
    exchanges: z.array(exchange).min(1).optional(), // modes call and ticket, in order; the last repeats
    feedback: feedback.optional(), // mode mailbox
    replyIncludes: z.array(z.string()).default([]),
    repeatIncludes: z.array(z.string()).optional(), // what the second time is told, where it is not told the same
    said: saidSchema.optional(),
    failure: z
      .strictObject({
        reason: reasonSchema,
        reasonCode: z.string().nullable().optional(),
        retryAfterMs: z.int().nullable().optional(),
      })
      .optional(),
    outcome: z.enum(['quarantined', 'unknown']).optional(),
    ticketLeft: z.boolean().optional(), // mode ticket: whether there is more to collect once all was played
  })
  .refine(({ mode, exchanges, feedback: fed }) => (mode === 'mailbox' ? fed && !exchanges : exchanges && !fed), {
    error: 'call and ticket fixtures have exchanges, mailbox fixtures a feedback',
  })
  .refine(({ mode, ticketLeft }) => (mode === 'ticket') === (ticketLeft !== undefined), {
    error: 'ticket fixtures, and only these, say whether a ticket is left',
  })
  .refine(({ said, failure, outcome }) => [said, failure, outcome].filter((each) => each !== undefined).length === 1, {
    error: 'exactly one of said, failure and outcome',
  });

export interface Fixture extends z.infer<typeof fixtureFile> {
  readonly name: string;
}
export type Exchange = z.infer<typeof exchange>;
export type Feedback = z.infer<typeof feedback>;

/** One file, one case: what the other side says, and what the adapter must make of it. */
export function readFixtures(folder: URL): readonly Fixture[] {
  const fixtures = new URL('fixtures/', folder);
  const files = readdirSync(fixtures)
    .filter((file) => file.endsWith('.json'))
    .sort();
  return files.map((file) => {
    const { success, data, error } = fixtureFile.safeParse(JSON.parse(readFileSync(new URL(file, fixtures), 'utf8')));
    if (!success) throw new Error(`fixtures/${file}: ${z.prettifyError(error)}`);
    return { ...data, name: file.slice(0, -'.json'.length) };
  });
}

/** The bytes of a recorded reply. */
export function bodyOf({ body, bodyBase64 }: Exchange['reply']): Uint8Array {
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, 'base64');
  if (body === undefined) return new Uint8Array(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8');
}
