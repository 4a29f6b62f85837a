import { describe, expect, it } from '@jest/globals';
import { openStreamSeats } from './stream-seats.ts';

describe('seats of event streams', () => {
  it('are few for one caller and bounded for all, and are given back once', () => {
    const counts: number[] = [];
    const seats = openStreamSeats({ perCaller: 2, inAll: 3, onChange: (count) => counts.push(count) });
    const leave = seats.take('a');
    seats.take('a');
    expect(() => seats.take('a')).toThrow('Too many');
    seats.take('b');
    expect(() => seats.take('c')).toThrow('Too many');
    leave();
    leave();
    expect(seats.count).toBe(2);
    seats.take('c');
    expect(counts).toEqual([1, 2, 3, 2, 3]);
  });
});
