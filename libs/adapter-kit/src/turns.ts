/** Workers that several lists of inputs share: each list gets its turn, so a long one does not keep a short one waiting. */
export interface Turns {
  /**
   * Works on the inputs and yields each result as soon as it is there. Ends early when the signal is aborted: what is
   * not ready then is not yielded. A failure of `work` is thrown to the reader.
   */
  asTheyCome<Input, Result>(
    inputs: readonly Input[],
    work: (input: Input) => Promise<Result>,
    signal: AbortSignal,
  ): AsyncGenerator<Result>;
}

interface List {
  hasMore(): boolean;
  startNext(): Promise<void>;
}

/** At most `limit` inputs are worked on at once, over all lists. */
export function takeTurns(limit: number): Turns {
  const waiting: List[] = [];
  let free = limit;

  function fill(): void {
    while (free > 0) {
      const list = waiting.shift();
      if (!list) return;
      if (!list.hasMore()) continue;
      free -= 1;
      list.startNext().finally(release);
      if (list.hasMore()) waiting.push(list);
    }
  }

  function release(): void {
    free += 1;
    fill();
  }

  return {
    async *asTheyCome<Input, Result>(
      inputs: readonly Input[],
      work: (input: Input) => Promise<Result>,
      signal: AbortSignal,
    ) {
      const results = collector<Result>();
      let next = 0;
      let left = false;
      const list: List = {
        hasMore: () => !left && next < inputs.length,
        startNext: async () => {
          const [input] = inputs.slice(next, (next += 1));
          if (input !== undefined) await work(input).then(results.add, results.fail);
        },
      };
      signal.addEventListener('abort', results.end, { once: true });
      if (signal.aborted) results.end();
      waiting.push(list);
      fill();
      try {
        yield* results.take(inputs.length);
      } finally {
        left = true; // the reader may have gone early: then nothing more is started
        signal.removeEventListener('abort', results.end);
      }
    },
  };
}

/** Between those who work and the one who reads. */
function collector<Result>() {
  let ready: Result[] = [];
  let failure: { readonly error: unknown } | null = null;
  let ended = false;
  let wake = (): void => undefined;
  return {
    add: (result: Result): void => {
      if (!ended) ready.push(result);
      wake();
    },
    fail: (error: unknown): void => {
      failure ??= { error };
      wake();
    },
    end: (): void => {
      ended = true;
      wake();
    },
    async *take(count: number): AsyncGenerator<Result> {
      for (let taken = 0; taken < count; ) {
        if (ready.length === 0 && !failure && !ended) await new Promise<void>((resolve) => (wake = resolve));
        const batch = ready;
        ready = [];
        taken += batch.length;
        yield* batch;
        if (ready.length > 0) continue;
        if (failure) throw failure.error;
        if (ended) return;
      }
    },
  };
}
