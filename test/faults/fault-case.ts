import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Report } from '#contracts';
import { syntheticDebtor, type Truth, truthOf } from '../../apps/simulator/src/index.ts';
import { atOnce, type AskOptions } from '../e2e/court.ts';
import { repository } from '../e2e/running-process.ts';
import { differences, lies } from '../e2e/true-report.ts';
import type { FaultPlace } from './fault-place.ts';

/** One inquiry of a case, and what its report must show in the end. */
interface Asked {
  readonly inquiryId: string;
  readonly truth: Truth;
}

export interface FaultCase {
  readonly fault: string;
  /** When it struck and for how long, in words. */
  readonly injected: string;
  /** False: the queue plays no part in it. */
  readonly ofBackend?: boolean;
}

/** Everything a case may ask, each time about people nobody has asked about before. */
export interface Asking {
  people(count: number): readonly Parameters<FaultPlace['court']['ask']>[0][];
  /** Asks about that many people. */
  ask(count: number, options?: AskOptions): Promise<readonly string[]>;
  /** An inquiry that was made in another way belongs to the case too. */
  adopt(inquiryId: string, person: Parameters<FaultPlace['court']['ask']>[0]): void;
}

interface Row {
  readonly fault: string;
  readonly backend: string;
  readonly injected: string;
  readonly inquiries: number;
  readonly answers: number;
  readonly lost: number;
  readonly doubled: number;
  readonly falseNothing: number;
  readonly recovery: string;
}

const convergeMs = 100_000; // jobs that a wrong clock put to sleep are found by the second round of the reconciler
let nextPerson = 10_000;

/** Runs cases against one place and keeps their rows for the table (scripts/jest-fault-table.mjs). */
export function openCases(name: string, place: () => FaultPlace) {
  const rows: Row[] = [];
  return {
    /** `strike` asks, injects and heals; from its end on the time to recover is counted. */
    async prove(each: FaultCase, strike: (asking: Asking) => Promise<void>): Promise<void> {
      const asked: Asked[] = [];
      try {
        await strike(askingOf(place(), asked));
      } finally {
        await place().heal();
      }
      const healedAt = performance.now();
      const found = await atOnce(10, asked, (one) => outcomeOf(place(), one, healedAt));
      const doubledRows = await doubledAnswers(place(), asked);
      const ms = Math.max(0, ...found.map(({ recoveredMs }) => recoveredMs));
      rows.push({
        fault: each.fault,
        backend: each.ofBackend === false ? '-' : place().engine,
        injected: each.injected,
        inquiries: asked.length,
        answers: asked.reduce((sum, { truth }) => sum + truth.agencies.length, 0),
        lost: found.reduce((sum, { wrong }) => sum + wrong.length, 0),
        doubled: found.reduce((sum, { twice }) => sum + twice, 0) + doubledRows.length,
        falseNothing: found.reduce((sum, { falseNothing }) => sum + falseNothing.length, 0),
        recovery: `${(ms / 1_000).toFixed(1)} s`,
      });
      expect({
        wrong: found.flatMap(({ wrong }) => wrong),
        falseNothing: found.flatMap(({ falseNothing }) => falseNothing),
        doubled: doubledRows,
        asked: asked.length > 0,
      }).toEqual({ wrong: [], falseNothing: [], doubled: [], asked: true });
    },
    write(): void {
      const folder = join(repository, 'coverage', 'faults');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(rows));
    },
  };
}

function askingOf(place: FaultPlace, asked: Asked[]): Asking {
  const { seed, agencies, court } = place;
  const adopt: Asking['adopt'] = (inquiryId, debtor) =>
    void asked.push({ inquiryId, truth: truthOf({ seed, debtor, agencies }) });
  const people: Asking['people'] = (count) =>
    Array.from({ length: count }, () => syntheticDebtor(seed, (nextPerson += 1)));
  return {
    ...{ people, adopt },
    ask: (count, options) =>
      atOnce(4, people(count), async (person) => {
        const inquiryId = await court.ask(person, options);
        adopt(inquiryId, person);
        return inquiryId;
      }),
  };
}

interface Outcome {
  readonly wrong: readonly string[];
  readonly falseNothing: readonly string[];
  readonly twice: number;
  readonly recoveredMs: number;
}

/** Follows an inquiry until its report says the truth, asking again where an agency gave no answer. */
async function outcomeOf(place: FaultPlace, { inquiryId, truth }: Asked, healedAt: number): Promise<Outcome> {
  const until = healedAt + convergeMs;
  let wrong = ['no report'];
  while (performance.now() < until && wrong.length > 0) {
    const report = await newest(place, inquiryId, until);
    wrong = report === null ? ['no report'] : differences(report, truth);
    if (report !== null && wrong.length > 0) await askAgain(place, inquiryId);
  }
  const recoveredMs = performance.now() - healedAt;
  const versions = await versionsOf(place, inquiryId);
  const told = versions.flatMap((report) => lies(report, truth));
  const isTwice = (text: string) => text.includes('there twice');
  return {
    wrong: wrong.map((text) => `${inquiryId} ${text}`),
    falseNothing: told.filter((text) => !isTwice(text)).map((text) => `${inquiryId} ${text}`),
    twice: told.filter(isTwice).length,
    recoveredMs,
  };
}

/** Null: what was healed a moment ago may still stumble; it is looked at again. */
async function newest({ court }: FaultPlace, inquiryId: string, until: number): Promise<Report | null> {
  const timeoutMs = Math.max(1_000, until - performance.now());
  try {
    return await court.closed(inquiryId, { timeoutMs });
  } catch {
    await wait(300);
    return null;
  }
}

async function askAgain({ court }: FaultPlace, inquiryId: string): Promise<void> {
  const reply = await court.requery(inquiryId).catch(() => null);
  await wait(reply?.status === 202 ? 300 : 500);
}

async function versionsOf({ court }: FaultPlace, inquiryId: string): Promise<Report[]> {
  const reply = await court.request('GET', `inquiries/${inquiryId}/report-versions`);
  const { items } = reply.json() as { readonly items: readonly { readonly reportId: string }[] };
  return atOnce(4, items, ({ reportId }) => court.report(reportId));
}

/**
 * Whole answers of one agency to one asking that stand in the journal more than once. Each generation of a shard asks
 * under a number of its own, and an agency may answer every one of them; a bank that got no receipt answers anew, with
 * another time of reply, which is another content (kept with its task). The same content twice is one too many.
 */
function doubledAnswers(place: FaultPlace, asked: readonly Asked[]): Promise<readonly unknown[]> {
  return place.query(
    `SELECT a.inquiry_id, line.agency_id, count(*)::int AS times
     FROM answers a, unnest(a.agency_ids, a.verdicts, a.complete, a.settled) AS line (agency_id, verdict, complete, settled)
     WHERE a.inquiry_id = ANY($1) AND line.verdict <> 'no-answer' AND line.complete IS NOT FALSE AND line.settled
     GROUP BY 1, 2 HAVING count(*) > greatest(
       (SELECT max(s.generation) FROM shards s
         WHERE s.inquiry_id = a.inquiry_id AND line.agency_id = ANY(s.agency_ids)),
       (SELECT sum(cardinality(t.content_hashes)) FROM mailbox_tasks t
         WHERE t.inquiry_id = a.inquiry_id AND t.agency_id = line.agency_id))`,
    [asked.map(({ inquiryId }) => inquiryId)],
  );
}
