import type { Agency, ChannelConfig } from '#contracts';
import type { Scenario } from '../world/scenario.ts';

/** What one profile's agency receives. `path` is the part behind `/<word>/<code>`. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface CallReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  /** The same in another character set than agreed. */
  readonly garbled: Buffer;
}

/** How the exchange goes, once faults and the debtor's scenario are known. `count`: how often this has been asked, from 1. */
export interface Turn {
  readonly scenario: Scenario;
  readonly count: number;
}

/**
 * What a profile makes of a call: either it is about a debtor, or it is settled at once (a login, a wrong password, a
 * message that cannot be read).
 */
export type Understanding =
  | {
      readonly kind: 'asking';
      /** Request number, or `id:<identity number>` where the wire has none. */
      readonly key: string;
      readonly idNumber: string;
      readonly answer: (turn: Turn) => CallReply;
    }
  | { readonly kind: 'settled'; readonly reply: CallReply };

/** The agencies' side of one call wire. */
export interface CallProfile {
  /** First word of the path: `province`, `city`, `vehicle`, `register`. */
  readonly word: string;
  /** Scenarios that it plays itself, where others leave them to the transport. */
  readonly plays?: ReadonlySet<Scenario>;
  understand(agency: Agency, call: Call): Understanding;
}

/** What one profile needs to play its side of a channel. */
export interface ProfileParts {
  readonly seed: number;
  readonly channel: ChannelConfig;
  readonly secret: (name: string) => string;
  readonly now: () => Date;
}
