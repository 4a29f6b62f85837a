import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import {
  flapping,
  flooding,
  jumpingClock,
  misbehaving,
  misbehaviours,
  overloaded,
  truncatedZip,
  untrusted,
} from './agencies.ts';
import { openCases } from './fault-case.ts';
import { type FaultPlace, startFaultPlace } from './fault-place.ts';

jest.setTimeout(180_000);

describe('faults of agencies, clocks and load', () => {
  let place: FaultPlace;
  const cases = openCases('agencies', () => place);
  beforeAll(async () => {
    place = await startFaultPlace({ engine: 'postgres', environment: { CHAKONG_MAX_DUE_SHARDS: '60' } });
  });
  afterAll(async () => {
    cases.write();
    await place?.stop();
  });

  it.each(misbehaviours)('$name', (each) => misbehaving(cases, place, each));
  it('a truncated ZIP', () => truncatedZip(cases, place));
  it('a body of 200 MB', () => flooding(cases, place));
  it('a certificate that is not trusted', () => untrusted(cases, place));
  it('breakers flap', () => flapping(cases, place));
  it('ten times too much', () => overloaded(cases, place));
  it('a clock jumps forwards', () => jumpingClock(cases, place, 1));
  it('a clock jumps back', () => jumpingClock(cases, place, -1));
});
