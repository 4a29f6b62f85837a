import { parseJson, understand } from '#adapter-kit';
import type { Ticket } from '#contracts';
import { z } from 'zod';

/** What collecting needs: the key of the aggregating application, and whether a lost query was sent anew already. */
const ticketSchema = z.strictObject({
  key: z.string().min(1).max(500).nullable(), // null: the query is sent (again)
  sentAnew: z.boolean(),
});
export type Place = z.infer<typeof ticketSchema>;

export const writeTicket = (place: Place): Ticket => JSON.stringify(place);

/** @throws NoAnswer unintelligible if it is no ticket of this adapter */
export function readTicket(ticket: Ticket): Place {
  return understand(ticketSchema, parseJson(Buffer.from(ticket)));
}
