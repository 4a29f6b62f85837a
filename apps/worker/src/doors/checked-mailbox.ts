import { type ChannelConfig, type Mailbox, NoAnswer } from '#contracts';
import { mayActAs, type Shown } from './client-certificates.ts';
import type { DoorRates } from './door-rates.ts';

/** Why a call goes no further, whatever the adapter replies: our own answer is sent instead of its reply. */
export type DoorRefusal = 'wrong-certificate' | 'too-often';

/** What became of one call. */
export interface Checked {
  readonly mailbox: Mailbox;
  readonly refusal: () => DoorRefusal | null;
  /** Whether somebody without right credentials called. */
  readonly isStranger: () => boolean;
}

interface Checks {
  readonly config: Pick<ChannelConfig, 'channelId' | 'clientCertificates' | 'limits'>;
  readonly shown: Shown;
  readonly rates: DoorRates;
}

/**
 * The mailbox of a call behind what the call shows of itself. The adapter names the agency whose credentials came over the
 * wire; that name must fit the client certificate, and is counted once a call. Nothing is handed out before.
 */
export function checkedMailbox(mailbox: Mailbox, { config, shown, rates }: Checks): Checked {
  const passed = new Set<string>();
  let refusal: DoorRefusal | null = null;
  let isStranger = false;
  const check = (agencyId: string): void => {
    if (refusal === null && passed.has(agencyId)) return;
    if (!mayActAs(config.clientCertificates, shown, agencyId)) {
      refusal = 'wrong-certificate';
      isStranger = true;
    } else if (!rates.take(`${config.channelId}/${agencyId}`, config.limits.maxCallsPerMinute)) refusal ??= 'too-often';
    if (refusal !== null) throw new NoAnswer('refused', 'this call goes no further', { reasonCode: refusal });
    passed.add(agencyId);
  };
  /** Of every operation the first argument is the agency. */
  const behind =
    <Rest extends readonly unknown[], Result>(act: (agencyId: string, ...rest: Rest) => Promise<Result>) =>
    async (agencyId: string, ...rest: Rest): Promise<Result> => {
      check(agencyId);
      return act(agencyId, ...rest);
    };
  return {
    mailbox: {
      handOut: behind(mailbox.handOut),
      find: behind(mailbox.find),
      documents: behind(mailbox.documents),
      cards: behind(mailbox.cards),
      feedBack: behind(mailbox.feedBack),
      async quarantine(agencyId, ...rest) {
        if (agencyId === null) isStranger = true;
        else check(agencyId);
        return mailbox.quarantine(agencyId, ...rest);
      },
      loginRefused() {
        isStranger = true;
      },
    },
    refusal: () => refusal,
    isStranger: () => isStranger,
  };
}
