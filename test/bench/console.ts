import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { type ConsolePlace, openConsole } from '../browser/open-console.ts';
import { type AgenciesProcess, startAgencies } from './agencies-process.ts';
import { type Figure, figure, round } from './figure.ts';
import { traced } from './long-tasks.ts';
import { answersSeen, watchAnswers } from './answers-seen.ts';

interface ConsoleOptions {
  readonly quick: boolean;
  readonly say: (text: string) => void;
}

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;
const perSecond = 50;
const housesEach = 5;
const foundEvery = 2;
const longTaskMs = 200;

/** What an officer's browser does: how soon answers are seen, and whether a national inquiry keeps the page smooth. */
export async function consoleFigures({ quick, say }: ConsoleOptions): Promise<Figure[]> {
  const seen = await soonSeen(quick ? 3 : 12, say);
  return [seen, ...(await national(quick ? 1_000 : 4_000, say))];
}

/** C1: from the moment an answer was received until the page has drawn it. */
async function soonSeen(inquiries: number, say: ConsoleOptions['say']): Promise<Figure> {
  const place = await openConsole();
  try {
    const page = await place.signIn('usr_zhao');
    await watchAnswers(page);
    const delays: number[] = [];
    let before = 0;
    for (let n = 0; n < inquiries; n += 1) {
      const inquiryId = await place.court.ask(person, { dueInMs: 20_000, ...(n > 0 ? { reason: '复查' } : {}) });
      await page.goto(`${place.url}/console/inquiries/${inquiryId}`);
      await place.court.closed(inquiryId, { timeoutMs: 60_000 });
      await wait(1_000); // what is drawn after the end counts as late, not as missing
      const answers = await answersSeen(place.court, page, inquiryId);
      delays.push(...answers.delaysMs);
      before += answers.before;
    }
    say(`seen: ${delays.length} answers, ${before} more were there before the page was`);
    return figure({
      id: 'C1',
      what: 'from receiving an answer until it is drawn in the officer’s browser, p99',
      value: atShare(delays, 0.99),
      unit: 'ms',
      budget: 250,
      detail: `${delays.length} answers of ${inquiries} inquiries: p50 ${round(atShare(delays, 0.5))} ms, worst ${round(atShare(delays, 1))} ms`,
      peer: {},
    });
  } finally {
    await place.stop();
  }
}

/** C2–C4: the longest task of the page while 4,000 agencies answer at 50 a second, and with 10,000 assets found. */
async function national(count: number, say: ConsoleOptions['say']): Promise<Figure[]> {
  const agencies = await startAgencies(count, { seed: 7, capMs: 500, foundEvery, housesEach });
  const place = await openConsole({ configure: (configDir) => configure(configDir, agencies, count) });
  try {
    return await inNationalPlace(place, count, say);
  } finally {
    await place.stop();
    await agencies.stop();
  }
}

async function inNationalPlace(place: ConsolePlace, count: number, say: ConsoleOptions['say']): Promise<Figure[]> {
  const page = await place.signIn('usr_zhao', '/console/', { height: 1_000 });
  const inquiryId = await place.court.ask(person, { dueInMs: 600_000, categories: ['real-estate'] });
  await page.goto(`${place.url}/console/inquiries/${inquiryId}`);
  await page.locator('.ant-table-row').first().waitFor();
  const streaming = await traced(place.browser, page, () => scrollFor(page, (count / perSecond) * 500));
  say(`while answers come: ${streaming.tasksMs.slice(0, 5).map(round).join(', ')} ms, busy ${round(streaming.busy)}`);
  const { coverage, assets } = await place.court.closed(inquiryId, { timeoutMs: 300_000 });
  const opening = await traced(place.browser, page, async () => {
    await page.goto(`${place.url}/console/inquiries/${inquiryId}/report`);
    await page.locator('.sentence').waitFor();
    await page.locator('.ant-table-row').first().waitFor();
  });
  say(`report opens: ${opening.tasksMs.slice(0, 5).map(round).join(', ')} ms`);
  const scrolling = await traced(place.browser, page, () => scrollFor(page, 5_000));
  say(`report scrolls: ${scrolling.tasksMs.slice(0, 5).map(round).join(', ')} ms`);
  const what = `${coverage.counts.asked} agencies, ${assets.length} assets`;
  const longest = (id: string, words: string, { tasksMs, busy }: typeof streaming) =>
    figure({
      ...{ id, what: words, value: tasksMs[0] ?? Number.NaN, unit: 'ms', budget: longTaskMs, peer: {} },
      detail: `${what}; ${tasksMs.filter((ms) => ms > 50).length} tasks over 50 ms, main thread busy ${round(busy * 100)} %`,
    });
  return [
    longest('C2', `longest task of the progress page while ${perSecond} answers come in a second`, streaming),
    longest('C3', 'longest task while the report opens', opening),
    longest('C4', 'longest task while the report is scrolled', scrolling),
  ];
}

/** As an officer would: the wheel over the long table, a filter now and then. */
async function scrollFor(page: Page, ms: number): Promise<void> {
  const until = performance.now() + ms;
  const table = page.locator('.data-table').last();
  await table.hover();
  for (let n = 1; performance.now() < until; n += 1) {
    await page.mouse.wheel(0, n % 40 < 20 ? 600 : -600);
    await wait(150);
  }
}

/** One channel of city registries for all of them, at a pace of fifty answers a second. */
function configure(configDir: string, { url }: AgenciesProcess, count: number): void {
  const channel = {
    ...{ channelId: 'bench-city', nameZh: '压测', nameEn: 'bench', adapter: 'real-estate', mode: 'call' },
    ...{ simulated: true, baseUrl: `${url}/city/{code}`, allowedNetworks: ['127.0.0.0/8'] },
    limits: { deadlineMs: 30_000, concurrency: 400, maxPerSecond: perSecond },
    settings: {
      ...{ wire: 'city-rest', orgId: '990100' },
      credentials: { username: 'bench', passwordRef: { secret: 'registry-city-password' } },
    },
  };
  writeFileSync(join(configDir, 'channels', 'bench-city.yaml'), JSON.stringify(channel));
  const regions = z.array(z.string()).parse(['110000', '310000', '440000', '510000', '650000']);
  const rows = Array.from(
    { length: count },
    (_, n) =>
      `registry.n${n},${n},第${n}示例登记中心,Sample ${n},real-estate,${regions[n % regions.length]},bench-city,300,`,
  );
  const head = 'agencyId,code,nameZh,nameEn,category,region,channelId,typicalMs,promisedMs';
  writeFileSync(join(configDir, 'agencies', 'registries.csv'), [head, ...rows, ''].join('\n'));
}

function atShare(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
