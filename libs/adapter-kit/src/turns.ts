/** Workers that several lists of inputs share: each list gets its turn, so a long one does not keep a short one waiting. */
export interface Turns {
  /**
   * Works on the inputs and yields each result as soon as it is there. Ends early when the signal is aborted: what is
   * not ready then is not yielded. A failure of `work` is thrown to the reader, after the results that were ready.
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
      void list.startNext().finally(release); // never rejects: the list keeps its own failures
      if (list.hasMore()) waiting.push(list);
    }
  }

  function release(): void {
    free += 1;
    fill();
  }

  return {
    async *asTheyCome(inputs, work, signal) {
      const { list, leave, take } = listOf(inputs, work);
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
      waiting.push(list);
      fill();
      try {
        yield* take();
      } finally {
        leave(); // the reader may have gone early: then nothing more is started
        signal.removeEventListener('abort', leave);
      }
    },
  };
}

/** One list with its results, between those who work and the one who reads. */
function listOf<Input, Result>(inputs: readonly Input[], work: (input: Input) => Promise<Result>) {
  const rest = inputs.values();
  let started = 0;
  let ready: Result[] = [];
  let failure: { readonly error: unknown } | null = null;
  let isLeft = false;
  let wake = (): void => undefined;

  const add = (result: Result): void => void (isLeft || ready.push(result));
  const fail = (error: unknown): void => void (failure ??= { error });
  const list: List = {
    hasMore: () => !isLeft && !failure && started < inputs.length,
    async startNext() {
      started += 1;
      const { value, done } = rest.next();
      if (done !== true) await work(value).then(add, fail);
      wake();
    },
  };

  async function* take(): AsyncGenerator<Result> {
    for (let taken = 0; taken < inputs.length; ) {
      if (ready.length === 0 && !failure && !isLeft) await new Promise<void>((resolve) => (wake = resolve));
      const batch = ready;
      ready = [];
      taken += batch.length;
      yield* batch;
      if (ready.length > 0) continue;
      if (failure) throw failure.error;
      if (isLeft) return;
    }
  }

  const leave = (): void => {
    isLeft = true;
    wake();
  };
  return { list, leave, take };
}
