/**
 * How much of what strangers send is kept. Whoever reaches a door may send what nobody can read, and kept without a bound
 * it would fill the disk; the bytes of an agency that has shown its credentials are always kept.
 */
export interface StrangerQuota {
  /** Takes room for one message of this channel; what is over the quota is not kept. */
  take(channelId: string, bytes: number): 'kept' | 'first-refused' | 'refused';
}

interface QuotaParts {
  readonly messagesPerMinute: number;
  readonly bytesPerMinute: number;
  readonly monotonicMs: () => number;
}

interface Minute {
  readonly endsAtMs: number;
  messages: number;
  bytes: number;
  hasRefused: boolean;
}

const minuteMs = 60_000;

export function openStrangerQuota({ messagesPerMinute, bytesPerMinute, monotonicMs }: QuotaParts): StrangerQuota {
  const minutes = new Map<string, Minute>(); // one per channel of this worker
  const minuteOf = (channelId: string): Minute => {
    const known = minutes.get(channelId);
    if (known && known.endsAtMs > monotonicMs()) return known;
    const fresh = { endsAtMs: monotonicMs() + minuteMs, messages: 0, bytes: 0, hasRefused: false };
    minutes.set(channelId, fresh);
    return fresh;
  };
  return {
    take(channelId, bytes) {
      const minute = minuteOf(channelId);
      if (minute.messages < messagesPerMinute && minute.bytes + bytes <= bytesPerMinute) {
        minute.messages += 1;
        minute.bytes += bytes;
        return 'kept';
      }
      const isFirst = !minute.hasRefused;
      minute.hasRefused = true;
      return isFirst ? 'first-refused' : 'refused';
    },
  };
}
