import type { ShardWork } from '#store';
import type { ShardClaim } from './journal-writer.ts';
import type { HostedChannel } from './worker-parts.ts';

/** A shard this worker has claimed: its channel, what is left to ask, and the token that proves the claim. */
export interface ShardTask {
  readonly hosted: HostedChannel;
  readonly work: ShardWork;
  readonly claim: ShardClaim;
}
