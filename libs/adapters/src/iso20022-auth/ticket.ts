import { parseJson, understand } from '#adapter-kit';
import { NoAnswer, type Ticket } from '#contracts';
import { z } from 'zod';

/** What collecting needs: the next step, the key of the aggregating application, and whether a lost query was sent anew. */
const ticketSchema = z.strictObject({
  step: z.enum(['query', 'status']),
  key: z.string().min(1).max(500).nullable(),
  sentAnew: z.boolean(),
});
export type Place = z.infer<typeof ticketSchema>;

export const writeTicket = (place: Place): Ticket => JSON.stringify(place);

/** @throws NoAnswer unintelligible if it is no ticket of this adapter */
export function readTicket(ticket: Ticket): Place {
  const place = understand(ticketSchema, parseJson(Buffer.from(ticket)));
  if (place.step === 'status' && place.key === null) throw new NoAnswer('unintelligible', 'a ticket without its key');
  return place;
}
