import { describe, expect, it } from '@jest/globals';
import { takeTurns } from './turns.ts';

const never = new AbortController().signal;
const soon = () => new Promise<void>((resolve) => void setImmediate(resolve));

async function read<Result>(results: AsyncIterable<Result>): Promise<Result[]> {
  const heard: Result[] = [];
  for await (const result of results) heard.push(result);
  return heard;
}

describe('turns', () => {
  it('give each result as soon as it is there', async () => {
    const work = async (each: string) => {
      if (each === 'a') await soon();
      return each;
    };
    expect(await read(takeTurns(3).asTheyCome(['a', 'b', 'c'], work, never))).toEqual(['b', 'c', 'a']);
  });

  it('keep to their limit over all lists, and let a short list through beside a long one', async () => {
    const turns = takeTurns(2);
    let [now, most] = [0, 0];
    const done: number[] = [];
    const work = async (each: number) => {
      most = Math.max(most, (now += 1));
      await soon();
      now -= 1;
      done.push(each);
      return each;
    };
    const long = read(
      turns.asTheyCome(
        Array.from({ length: 50 }, (_, index) => index),
        work,
        never,
      ),
    );
    const short = read(turns.asTheyCome([100, 101], work, never));
    expect([(await long).length, (await short).length, most]).toEqual([50, 2, 2]);
    expect(done.indexOf(101)).toBeLessThan(10);
  });

  it('start nothing more when the reader leaves', async () => {
    const started: number[] = [];
    const work = async (each: number) => {
      started.push(each);
      await soon();
      return each;
    };
    for await (const first of takeTurns(1).asTheyCome([1, 2, 3, 4], work, never)) {
      expect(first).toBe(1);
      break;
    }
    for (let turn = 0; turn < 5; turn += 1) await soon();
    expect(started).toEqual([1, 2]);
  });

  it('end when they are aborted, without what is not ready', async () => {
    const stop = new AbortController();
    const work = async (each: number) => {
      if (each > 1) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
      return each;
    };
    const heard: number[] = [];
    for await (const each of takeTurns(8).asTheyCome([1, 2, 3], work, stop.signal)) {
      heard.push(each);
      stop.abort();
    }
    expect(heard).toEqual([1]);
    expect(await read(takeTurns(8).asTheyCome([1], async (each) => each, AbortSignal.abort()))).toEqual([]);
  });

  it('throw a failure to the reader, after what was ready', async () => {
    const heard: number[] = [];
    const work = async (each: number) => {
      if (each === 2) throw new Error('the disk is full');
      return each;
    };
    const reading = (async () => {
      for await (const each of takeTurns(1).asTheyCome([1, 2, 3], work, never)) heard.push(each);
    })();
    await expect(reading).rejects.toThrow('the disk is full');
    expect(heard).toEqual([1]);
  });

  it('have nothing to give for an empty list', async () => {
    expect(await read(takeTurns(1).asTheyCome([], async (each) => each, never))).toEqual([]);
  });
});
