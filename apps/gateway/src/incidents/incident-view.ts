import type { Agency, BreakerReport, IncidentList, IncidentView } from '#contracts';
import { z } from 'zod';
import type { Gateway } from '../gateway.ts';

const mostIncidents = 100;
const mostCounted = 500; // inquiries per agency; more is told as more

/** The newest reason of a breaker, as far as it is told. */
const causeSchema = z.object({
  code: z.string(),
  failures: z.array(z.object({ reason: z.string(), reasonCode: z.string().nullable() })),
});

/** What fails now. The longest failure comes first. */
export async function readIncidents(gateway: Gateway): Promise<IncidentList> {
  const { adapters, installation, store, clock, toInstant } = gateway;
  const known = new Map(installation.agencies.map((agency) => [agency.agencyId, agency]));
  const failing = [...(await adapters.breakers()).values()]
    .flatMap((breaker) => failingOf(breaker, known.get(breaker.agencyId)))
    .toSorted((one, other) => (one.since < other.since ? -1 : 1));
  const shown = failing.slice(0, mostIncidents);
  const causes = await store.outages.causes(shown.map(({ agencyId }) => agencyId));
  const causeOf = new Map(causes.map(({ agencyId, cause }) => [agencyId, causeSchema.safeParse(cause).data]));
  const at = clock.now();
  const items: IncidentView[] = [];
  for (const each of shown) {
    const cause = causeOf.get(each.agencyId);
    const question = { agencyId: each.agencyId, from: new Date(each.since), until: at, settledOnly: false };
    const waiting = await store.outages.waiting({ ...question, limit: mostCounted });
    items.push({
      ...each,
      cause: cause?.code ?? null,
      reason: cause?.failures[0]?.reason ?? null,
      reasonCode: cause?.failures[0]?.reasonCode ?? null,
      waiting: {
        inquiries: waiting.length,
        courts: new Set(waiting.map(({ courtCode }) => courtCode)).size,
        more: waiting.length >= mostCounted,
      },
    });
  }
  return { at: toInstant(at), open: failing.length, items };
}

type Failing = Pick<IncidentView, 'agencyId' | 'channelId' | 'nameZh' | 'nameEn' | 'state' | 'since'>;

function failingOf({ state, since, agencyId, channelId }: BreakerReport, agency: Agency | undefined): Failing[] {
  if (state === 'closed' || since === null || !agency) return [];
  return [{ agencyId, channelId, nameZh: agency.nameZh, nameEn: agency.nameEn, state, since }];
}
