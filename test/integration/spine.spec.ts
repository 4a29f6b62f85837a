import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportSchema } from '#contracts';
import { truthOf } from '../../apps/simulator/src/index.ts';
import { type Spine, startSpine } from './spine.ts';

const zhang = { name: '张三', idNumber: '110100199003074112', kind: 'natural' as const };

describe('the spine', () => {
  let spine: Spine;
  beforeAll(async () => {
    spine = await startSpine();
  }, 60_000);
  afterAll(() => spine?.stop(), 60_000);

  it('turns one inquiry into one report that says of every agency what it said', async () => {
    const inquiryId = await spine.ask(zhang);
    const report = await spine.report(inquiryId);
    expect(reportSchema.safeParse(report).error?.issues ?? []).toEqual([]);
    expect(report.coverage.counts).toMatchObject({ asked: 60, answered: 60, noAnswer: 0 });
    const truth = truthOf({ seed: 1, debtor: zhang, agencies: spine.agencies });
    const found = truth.agencies
      .filter(({ state }) => state === 'found')
      .map(({ agencyId }) => agencyId)
      .sort();
    expect(
      report.coverage.lines
        .filter(({ verdict }) => verdict === 'found')
        .map(({ agencyId }) => agencyId)
        .sort(),
    ).toEqual(found);
    expect(report.simulated).toBe(true);
  }, 90_000);
});
