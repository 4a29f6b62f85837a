import { type Agency, type BatchSession, type FileBoxes, NoAnswer } from '#contracts';
import type { CardPictures } from '../doors/card-pictures.ts';
import type { HostedChannel, WorkerParts } from '../worker-parts.ts';

export interface CourierParts {
  readonly cards: CardPictures;
  readonly isPaused: (channelId: string, agencyId: string) => boolean;
}

/** One round of a courier: its channel, the open boxes, and the agencies that are served now. */
export interface Round extends CourierParts {
  readonly hosted: HostedChannel;
  readonly batch: BatchSession;
  readonly boxes: FileBoxes;
  readonly agencies: readonly Agency[];
  readonly signal: AbortSignal;
}

/** Always a code, see NoAnswer. */
export const codeOf = ({ cause }: NoAnswer): string | null => (typeof cause === 'string' ? cause : null);

const mostFailures = 3;

/**
 * Does something at one box after another. A box that fails is left for the next round and does not stop the others,
 * until several in a row have failed: then it is the connection.
 */
export async function atEachBox<T>(
  { log }: WorkerParts,
  things: readonly T[],
  work: (thing: T) => Promise<void>,
): Promise<void> {
  let failures = 0;
  for (const thing of things) {
    try {
      await work(thing);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!(error instanceof NoAnswer) || failures >= mostFailures || things.length === 1) throw error;
      log.warn('box.failed', { reason: error.reason, code: codeOf(error) });
    }
  }
}
