import { randomUUID } from 'node:crypto';
import { belongings, type Field, rolesWith } from '../field.ts';
import type { Judge, Try } from '../judge.ts';
import { type Court, personOf } from '../people.ts';
import { inOrder } from '../reach.ts';
import { bearer, type Draft, exchanged, isKeyed, type Place, written } from '../requests.ts';
import type { WireReply } from '../wire.ts';

const fine = [200, 201, 202];
/** What was done before may not be done again: the state of the thing, or its cooldown, says so. */
const alsoFine = [403, 404, 409, 422, 429];
const isReplay = ({ headers }: WireReply): boolean => headers['idempotency-replayed'] === 'true';

/**
 * One key: twice at once, again, with another body, and by somebody of the other court. It is never acted on twice and
 * never gives one person the answer of another.
 */
export async function keyFaults(field: Field, judge: Judge): Promise<readonly string[]> {
  const faults: string[] = [];
  let judged = 0;
  for (const operation of inOrder(field.operations)) {
    const [role] = rolesWith(operation);
    if (!role || !isKeyed(operation)) continue;
    const key = randomUUID();
    const draftOf = (court: Court): Draft => field.requests.draft(operation, court, role);
    const send = async (kind: string, draft: Draft, court: Court): Promise<WireReply> => {
      const headers = { ...bearer(personOf(role, court).token), 'idempotency-key': key };
      const forbidden = belongings(field.world, court === 'north' ? 'south' : 'north');
      const request = written(draft, headers);
      const tried: Try = { kind, operation: operation.id, request, expected: [...fine, ...alsoFine], forbidden };
      const reply = await field.place.wire.send(request);
      const found = judge.judge(tried, reply);
      judged += found.length;
      faults.push(...found);
      return reply;
    };
    const draft = draftOf('north');
    const both = await Promise.all([
      send('same key at once', draft, 'north'),
      send('same key at once', draft, 'north'),
    ]);
    const done = both.filter((reply) => fine.includes(reply.status) && !isReplay(reply));
    if (done.length > 1) faults.push(`${operation.id}: two requests with one key at once were both acted on`);
    if (done.length === 1) {
      const again = await send('same key again', draft, 'north');
      if (!isReplay(again) || again.status !== done[0]?.status)
        faults.push(`${operation.id}: the same key again got ${again.status} and not the first answer`);
      const other = changed(draft);
      const reused = other && (await send('same key, other body', other, 'north'));
      if (reused && reused.status !== 422) faults.push(`${operation.id}: a key with another body got ${reused.status}`);
    }
    const stranger = await send("somebody else's key", draftOf('south'), 'south');
    if (isReplay(stranger)) faults.push(`${operation.id}: the south got the answer to a key of the north`);
  }
  judge.count({ kind: 'same key again', deviations: faults.length - judged });
  return faults;
}

/** The same request with other words; null: it has none. */
function changed(draft: Draft): Draft | null {
  const names = ['reason', 'reasonText', 'documentNumber', 'legalBasis', 'name'];
  const found = (value: unknown, steps: readonly string[]): Place | null => {
    if (typeof value !== 'object' || value === null) return null;
    for (const [key, each] of Object.entries(value)) {
      if (names.includes(key) && typeof each === 'string' && /\p{Script=Han}/u.test(each))
        return { at: 'body', steps: [...steps, key], value: each };
      const deeper = found(each, [...steps, key]);
      if (deeper) return deeper;
    }
    return null;
  };
  const place = found(draft.body, []);
  return place && exchanged(draft, place, `${place.value}另`);
}
