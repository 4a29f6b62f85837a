import type { Answer } from '#contracts';
import { type Clock, errorCode, type Log, type Metrics } from '#platform';
import type { Store } from '#store';

export interface QuarantineTeller {
  /** Operators are told once in a while for each agency; the quarantine list itself has every message. */
  tell(channelId: string, agencyId: string | null): void;
  /** Those of these answers that could not be read. */
  tellOf(answers: readonly Answer[]): void;
}

interface TellerParts {
  readonly store: Pick<Store, 'operationsEvents'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly metrics: Pick<Metrics, 'quarantined'>;
  readonly log: Log;
}

const againAfterMs = 600_000;

/** An event that cannot be written is logged: the message itself is safe, and whoever waits for it need not wait longer. */
export function openQuarantineTeller({ store, clock, metrics, log }: TellerParts): QuarantineTeller {
  const told = new Map<string, number>(); // one entry per agency at most
  const tell = (channelId: string, agencyId: string | null): void => {
    metrics.quarantined({ channelId });
    const key = `${channelId}/${agencyId ?? ''}`;
    const now = clock.now().getTime();
    if (now - (told.get(key) ?? -Infinity) < againAfterMs) return;
    told.set(key, now);
    store.operationsEvents
      .tell({ kind: 'answer-quarantined', channelId, agencyId, joinWithinMs: againAfterMs })
      .catch((error: unknown) => log.error('event.lost', { channelId, agencyId, code: errorCode(error) }));
  };
  return {
    tell,
    tellOf(answers) {
      for (const answer of answers) {
        if (answer.verdict === 'no-answer' && answer.reason === 'unintelligible' && answer.rawHash !== null)
          tell(answer.channelId, answer.agencyId);
      }
    },
  };
}
