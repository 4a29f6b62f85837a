/** Calls per minute at the doors of this worker, in memory. */
export interface DoorRates {
  /** Whether this address may call at all: not after too many failures within the minute. */
  mayCall(address: string): boolean;
  /** One call that nobody's credentials stood behind. */
  failed(address: string): void;
  /** Counts one call of an agency; false: over its quota. */
  take(agency: string, quota: number): boolean;
}

interface Parts {
  readonly failuresPerMinute: number; // of one address
  readonly monotonicMs: () => number;
}

interface Minute {
  readonly endsAtMs: number;
  readonly count: number;
}

const minuteMs = 60_000;
const mostMinutes = 50_000; // then those that have ended are swept out

export function openDoorRates({ failuresPerMinute, monotonicMs }: Parts): DoorRates {
  const minutes = new Map<string, Minute>();
  const current = (key: string): Minute => {
    const minute = minutes.get(key);
    return minute && minute.endsAtMs > monotonicMs() ? minute : { endsAtMs: monotonicMs() + minuteMs, count: 0 };
  };
  const add = (key: string): number => {
    if (minutes.size >= mostMinutes) sweep(minutes, monotonicMs());
    const { endsAtMs, count } = current(key);
    minutes.set(key, { endsAtMs, count: count + 1 });
    return count + 1;
  };
  return {
    mayCall: (address) => current(`address ${address}`).count < failuresPerMinute,
    failed: (address) => void add(`address ${address}`),
    take: (agency, quota) => add(`agency ${agency}`) <= quota,
  };
}

function sweep(minutes: Map<string, Minute>, nowMs: number): void {
  for (const [key, { endsAtMs }] of minutes) if (endsAtMs <= nowMs) minutes.delete(key);
  if (minutes.size >= mostMinutes) minutes.clear();
}
