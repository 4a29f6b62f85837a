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
  const heap: Entry<T>[] = [];
  return {
    put: (atMs, thing) => {
      heap.push({ atMs, thing });
      rise(heap);
    },
    takeDue: (nowMs, atMost) => {
      const due: T[] = [];
      while (due.length < atMost && timeAt(heap, 0) <= nowMs) due.push(...takeFirst(heap));
      return due;
    },
    get size() {
      return heap.length;
    },
  };
}

/** A binary heap: the parent of place n is at (n − 1) >> 1. Beyond its end, nothing is ever due. */
const timeAt = <T>(heap: readonly Entry<T>[], place: number): number => heap[place]?.atMs ?? Number.POSITIVE_INFINITY;

function swap<T>(heap: Entry<T>[], a: number, b: number): void {
  const [first, second] = [heap[a], heap[b]];
  if (first === undefined || second === undefined) return;
  heap[a] = second;
  heap[b] = first;
}

function rise<T>(heap: Entry<T>[]): void {
  for (let place = heap.length - 1; place > 0; ) {
    const parent = (place - 1) >> 1;
    if (timeAt(heap, parent) <= timeAt(heap, place)) return;
    swap(heap, parent, place);
    place = parent;
  }
}

function sink<T>(heap: Entry<T>[]): void {
  for (let place = 0; ; ) {
    const left = 2 * place + 1;
    const smaller = timeAt(heap, left + 1) < timeAt(heap, left) ? left + 1 : left;
    if (timeAt(heap, smaller) >= timeAt(heap, place)) return;
    swap(heap, smaller, place);
    place = smaller;
  }
}

function takeFirst<T>(heap: Entry<T>[]): readonly T[] {
  const [first] = heap;
  const last = heap.pop();
  if (first === undefined || last === undefined) return [];
  if (heap.length > 0) {
    heap[0] = last;
    sink(heap);
  }
  return [first.thing];
}
