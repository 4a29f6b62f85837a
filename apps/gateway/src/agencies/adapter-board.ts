import type { BreakerReport, Manifest } from '#contracts';
import type { Store } from '#store';

/** What workers have told: which adapter serves which channel, who is alive, which breakers are not closed. */
export interface AdapterBoard {
  /** By channel id. */
  manifests(): Promise<ReadonlyMap<string, Manifest>>;
  workers(): Promise<readonly AliveWorker[]>;
  /** By agency id; an agency that is missing has a closed breaker, or was not called yet. */
  breakers(): Promise<ReadonlyMap<string, BreakerReport>>;
  /** A message came over the control channel: the next look reads anew. */
  forget(): void;
}

export interface AliveWorker {
  readonly workerId: string;
  readonly control: string | null;
  readonly channels: readonly string[];
}

interface BoardOptions {
  readonly store: Pick<Store, 'adapters' | 'breakers'>;
  readonly now: () => Date;
  /** How long what was read is used. */
  readonly freshMs: number;
  /** A worker that has been silent for longer is gone. */
  readonly aliveMs: number;
}

/** A short memory in front of the database, which has the truth. */
export function openAdapterBoard({ store, now, freshMs, aliveMs }: BoardOptions): AdapterBoard {
  const aliveSince = () => new Date(now().getTime() - aliveMs);
  const remembered = [
    remember(() => store.adapters.manifests(), now, freshMs),
    remember(() => store.adapters.workers(aliveSince()), now, freshMs),
    remember(() => readBreakers(store, aliveSince()), now, freshMs),
  ] as const;
  const [manifests, workers, breakers] = remembered;
  return {
    manifests: manifests.read,
    workers: workers.read,
    breakers: breakers.read,
    forget: () => remembered.forEach(({ forget }) => forget()),
  };
}

/** What workers share is what is so; a heartbeat fills in for an agency they have never shared anything about. */
async function readBreakers(
  { adapters, breakers }: BoardOptions['store'],
  aliveSince: Date,
): Promise<ReadonlyMap<string, BreakerReport>> {
  const [told, shared] = await Promise.all([adapters.breakers(aliveSince), breakers.states()]);
  return new Map([...told, ...shared].map((report) => [report.agencyId, report]));
}

/** Reads once for all who ask within the time; a failure is not remembered. */
function remember<Value>(
  read: () => Promise<Value>,
  now: () => Date,
  freshMs: number,
): { read: () => Promise<Value>; forget: () => void } {
  let known: { readonly value: Promise<Value>; readonly untilMs: number } | null = null;
  const forget = () => {
    known = null;
  };
  return {
    forget,
    read() {
      if (known && known.untilMs > now().getTime()) return known.value;
      const value = read();
      known = { value, untilMs: now().getTime() + freshMs };
      value.catch(forget);
      return value;
    },
  };
}
