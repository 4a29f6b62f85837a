import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Report, ReportBody } from '#contracts';
import {
  type Fault,
  type FaultRule,
  faults,
  syntheticDebtor,
  type Truth,
  truthOf,
} from '../../apps/simulator/src/index.ts';
import { atOnce } from './court.ts';
import { type Product, startProduct } from './product.ts';
import { differences, lies } from './true-report.ts';

jest.setTimeout(900_000);

const people = 200;
const inquiriesAtOnce = 20;
const dueInMs = 6_000;
/** Two that fill the memory of the peer and nothing else, and two that nobody can tell from the truth: the agency itself says it. */
const elsewhere = new Set<Fault>(['huge-body', 'gzip-bomb', 'says-nothing', 'changed-answer']);

/** Every second agency misbehaves for a while, in every way there is; every 50 inquiries others do, in other ways. */
const chaos = ({ agencies }: Product, round: number): readonly FaultRule[] => {
  const used = faults.filter((fault) => !elsewhere.has(fault));
  return agencies.flatMap(({ agencyId }, index): readonly FaultRule[] => {
    const fault = used[((index >> 1) + round * 7) % used.length]!;
    const afterMs = fault === 'late' || fault === '429' ? 500 : null;
    return (index + round) % 2 === 1 ? [] : [{ agencyId, category: null, fault, times: 12, afterMs }];
  });
};
const perRound = 50;

describe('200 debtors at 60 agencies, compared with the world of the simulators', () => {
  let product: Product;
  const asked = new Map<string, Truth>();
  const seconds = (from: number): string => ((performance.now() - from) / 1_000).toFixed(1);

  beforeAll(async () => {
    product = await startProduct({
      latency: 0.05,
      pollMs: 500,
      environment: { CHAKONG_LOG_LEVEL: 'error' },
      channelText: (text) =>
        text
          .replace('deadlineMs: 3000', 'deadlineMs: 1000')
          .replace('firstDelayMs: 500', 'firstDelayMs: 200')
          .replace('resetTimeoutMs: 5000', 'resetTimeoutMs: 500'),
    });
  });
  afterAll(() => product?.stop());

  it('tells no lie while half of the agencies misbehave', async () => {
    const { court, agencies, seed } = product;
    const startedAt = performance.now();
    const told = new Map<string, number>();
    const wrong = await atOnce(inquiriesAtOnce, [...Array(people).keys()], async (n) => {
      if (n % perRound === 0) await product.setFaults(chaos(product, n / perRound));
      const debtor = syntheticDebtor(seed, n);
      const truth = truthOf({ seed, debtor, agencies });
      const inquiryId = await court.ask(debtor, { dueInMs });
      asked.set(inquiryId, truth);
      const version = await court.closed(inquiryId);
      const live = n % 5 === 0 ? [await court.live(inquiryId)] : []; // made of the same journal by the same function
      for (const { verdict, reason } of version.coverage.lines)
        told.set(`${verdict} ${reason ?? ''}`, (told.get(`${verdict} ${reason ?? ''}`) ?? 0) + 1);
      return ([version, ...live] satisfies ReportBody[]).flatMap((report) => lies(report, truth));
    });
    process.stdout.write(
      `ground truth, faults on: ${people} inquiries in ${seconds(startedAt)} s; ${[...told].map(([what, count]) => `${what.trim()} ${count}`).join(', ')}\n`,
    );
    expect(wrong.flat()).toEqual([]);
    expect([...told.keys()].filter((what) => what.startsWith('no-answer')).length).toBeGreaterThan(3);
  });

  it('tells the exact truth after the agencies work again and were asked again', async () => {
    const { court } = product;
    await product.setFaults([]);
    const startedAt = performance.now();
    let again = 0;
    /** As an officer does: what a busy machine left without a whole answer is asked once more. */
    const completed = async (inquiryId: string, rounds: number): Promise<Report> => {
      const reply = await court.requery(inquiryId);
      if (reply.status === 202) again += reply.json().asked;
      else expect(reply.json()).toMatchObject({ code: 'nothing-to-ask' });
      return court.closed(inquiryId, { complete: true, timeoutMs: 60_000 }).catch((error: unknown) => {
        if (rounds === 1) throw error;
        return completed(inquiryId, rounds - 1);
      });
    };
    const wrong = await atOnce(inquiriesAtOnce, [...asked], async ([inquiryId, truth]) => {
      return differences(await completed(inquiryId, 4), truth);
    });
    const lines = [...asked.values()].flatMap(({ agencies }) => agencies);
    const assets = lines.flatMap((line) => line.assets).length;
    process.stdout.write(
      `ground truth, faults off: ${again} lines asked again in ${seconds(startedAt)} s; ${lines.length} lines and ${assets} assets exactly as in the world\n`,
    );
    expect(wrong.flat()).toEqual([]);
  });
});
