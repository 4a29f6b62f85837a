import { type ChannelConfig, noAnswerSaid } from '#contracts';
import { breakerVerdict } from './failure-policy.ts';
import { addressDenied } from './network-guard.ts';
import type { AskingRequest, Passage } from './stamp.ts';

/** Told of every exchange in which an agency looked at our credentials. */
export interface Access {
  /** From now on `isPaused` says so of this agency, if it is to be held. */
  refused(agencyId: string): void;
  accepted(agencyId: string): void;
  /** Its endpoint lies in a network that the channel may not call; nothing was sent. */
  denied?(agencyId: string): void;
}

export const heldForMs = 30_000; // until a paused agency is looked at again

interface AccessParts {
  readonly config: Pick<ChannelConfig, 'holdWhenUnauthorized'>;
  readonly access?: Access;
  readonly now: () => Date;
}

/**
 * An agency that does not accept our access is no answer of this line: it waits, held, and is asked again when operators
 * have mended the access (domain.md §5.3). The message stays behind it, and the attempt does not count.
 */
export function heldPassage(
  { config, access, now }: AccessParts,
  { agency }: AskingRequest,
  passage: Passage,
): Passage {
  const { said } = passage;
  if (said.verdict === 'no-answer' && said.reasonCode === addressDenied) access?.denied?.(agency.agencyId);
  if (said.verdict !== 'no-answer' || said.reason !== 'unauthorized') {
    if (said.verdict !== 'no-answer' || breakerVerdict(said) === 'up') access?.accepted(agency.agencyId);
    return passage;
  }
  access?.refused(agency.agencyId);
  if (!config.holdWhenUnauthorized) return passage;
  const heldUntil = new Date(now().getTime() + heldForMs);
  return {
    ...passage,
    said: noAnswerSaid('pending', { stage: 'held', reasonCode: 'unauthorized' }),
    attempted: false,
    heldUntil,
  };
}
