/** Things to be done at their time, earliest first. One queue serves thousands of banks with one timer. */
export interface DueQueue<T> {
  put(atMs: number, thing: T): void;
  /** Takes out everything whose time has come, at most so many. */
  takeDue(nowMs: number, atMost: number): readonly T[];
  readonly size: number;
}

interface Entry<T> {
  readonly atMs: number;
  readonly thing: T;
}

export function openDueQueue<T>(): DueQueue<T> {
  const heap: Entry<T>[] = []; // binary heap: the parent of place n is at (n − 1) >> 1
  const at = (place: number): number => heap[place]?.atMs ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    const [first, second] = [heap[a], heap[b]];
    if (first === undefined || second === undefined) return;
    heap[a] = second;
    heap[b] = first;
  };
  const rise = (from: number): void => {
    for (let place = from; place > 0; ) {
      const parent = (place - 1) >> 1;
      if (at(parent) <= at(place)) return;
      swap(parent, place);
      place = parent;
    }
  };
  const sink = (): void => {
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const smaller = at(left + 1) < at(left) ? left + 1 : left;
      if (at(smaller) >= at(place)) return;
      swap(smaller, place);
      place = smaller;
    }
  };
  const takeFirst = (): readonly T[] => {
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined) return [];
    if (heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return [first.thing];
  };

  return {
    put: (atMs, thing) => {
      heap.push({ atMs, thing });
      rise(heap.length - 1);
    },
    takeDue: (nowMs, atMost) => {
      const due: T[] = [];
      while (due.length < atMost && at(0) <= nowMs) due.push(...takeFirst());
      return due;
    },
    get size() {
      return heap.length;
    },
  };
}
