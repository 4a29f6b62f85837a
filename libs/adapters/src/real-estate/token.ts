import { NoAnswer } from '#contracts';

interface TokenRequest {
  /** A token that the platform has refused; it is not used again. */
  readonly refused: string | null;
  readonly signal: AbortSignal;
  /** Asks the token service; called by one asking at a time, the others wait for its outcome. */
  readonly fetch: () => Promise<string>;
}

export interface TokenKeeper {
  /** @throws NoAnswer what the token service threw; cancelled if the waiting asking itself was stopped */
  token(request: TokenRequest): Promise<string>;
}

/** Keeps a platform's token for the life of a session: many askings, one login (real-estate.md §2). */
export function tokenKeeper(lifetimeMs: number, now: () => Date): TokenKeeper {
  let held: { readonly token: string; readonly until: number } | null = null;
  let running: Promise<string> | null = null;

  const renew = async (fetch: () => Promise<string>): Promise<string> => {
    const token = await fetch();
    held = { token, until: now().getTime() + lifetimeMs };
    return token;
  };
  const start = (fetch: () => Promise<string>): Promise<string> => {
    const renewal = renew(fetch).finally(() => {
      if (running === renewal) running = null;
    });
    running = renewal;
    return renewal;
  };

  return {
    async token({ refused, signal, fetch }) {
      if (held !== null && held.token !== refused && now().getTime() < held.until) return held.token;
      if (running === null) return start(fetch);
      try {
        return await whileWanted(running, signal);
      } catch (error) {
        // Whoever logged in for all of us was stopped; that says nothing about this asking.
        const isOther = error instanceof NoAnswer && error.reason === 'cancelled' && !signal.aborted;
        if (!isOther) throw error;
        return running ?? start(fetch);
      }
    },
  };
}

function whileWanted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new NoAnswer('cancelled', 'stopped while waiting for a token'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
