import type { QuarantineOrigin } from '#contracts';
import type { HeldMessage } from '#store';
import type { HostedChannel } from './worker-parts.ts';

/** What came of one reading. */
export interface Reading {
  readonly state: HeldMessage['state'];
  readonly paths?: readonly string[];
}

export interface ToRead<Source extends QuarantineOrigin['source']> {
  readonly hosted: HostedChannel;
  readonly message: HeldMessage;
  readonly origin: Extract<QuarantineOrigin, { source: Source }>;
  readonly signal: AbortSignal;
}
