/** Work that is cheaper together: what comes while a batch is being done waits for the next one, and for nothing else. */
export interface Batches<In, Out> {
  /** Settles when the batch it went with is done. */
  add(each: In): Promise<Out>;
}

interface Waiting<In, Out> {
  readonly each: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/** One batch at a time, of at most `most`; `work` gives one result for each, in their order. */
export function openBatches<In, Out>(
  work: (batch: readonly In[]) => Promise<readonly Out[]>,
  most: number,
): Batches<In, Out> {
  const waiting: Waiting<In, Out>[] = [];
  let isRunning = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        const done = await work(batch.map(({ each }) => each));
        for (const [index, out] of done.entries()) batch[index]?.resolve(out);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
  };
  return {
    add: (each) =>
      new Promise((resolve, reject) => {
        waiting.push({ each, resolve, reject });
        if (!isRunning) void run();
      }),
  };
}
