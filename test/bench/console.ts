import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startEmbeddedPostgres } from '#store';
import { quietLog } from '../e2e/product.ts';
import { openFolder } from '../e2e/running-process.ts';
import { type JournalTimes, watchJournal } from './journal-times.ts';
import { type ConsolePlace, openConsole } from '../browser/open-console.ts';
import { startAgencies } from './agencies-process.ts';
import { type Figure, figure, round } from './figure.ts';
import { traced } from './long-tasks.ts';
import { answersSeen, watchAnswers } from './answers-seen.ts';

interface ConsoleOptions {
  readonly quick: boolean;
  readonly say: (text: string) => void;
}

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;
const perSecond = 50;
const usualPerSecond = 15;
const housesEach = 5;
const foundEvery = 2;
const longTaskMs = 200;

/** What an officer's browser does: how soon answers are seen, and whether a national inquiry keeps the page smooth. */
export async function consoleFigures({ quick, say }: ConsoleOptions): Promise<Figure[]> {
  const seen = await soonSeen(quick ? 2 : 6, say);
  return [seen, ...(await national(quick ? 1_000 : 4_000, say))];
}

/** C1: from the moment an answer was in the journal until the page has drawn it. */
function soonSeen(inquiries: number, say: ConsoleOptions['say']): Promise<Figure> {
  const count = 60; // what an inquiry usually asks
  return inPlaceOf({ count, perSecond: usualPerSecond }, async (place, journal) => {
    const page = await place.signIn('usr_zhao');
    await watchAnswers(page);
    const delays: number[] = [];
    await delaysOf({ place, journal, page }, 0); // code, caches, connections
    for (let n = 1; n <= inquiries; n += 1) delays.push(...(await delaysOf({ place, journal, page }, n)));
    say(`seen: ${delays.length} of ${inquiries * count} answers came while the page was there`);
    return seenFigure(delays, inquiries);
  });
}

interface Watching {
  readonly place: ConsolePlace;
  readonly journal: JournalTimes;
  readonly page: Page;
}

async function delaysOf({ place, journal, page }: Watching, n: number): Promise<readonly number[]> {
  const inquiryId = await ask(place, n);
  await page.goto(`${place.url}/console/inquiries/${inquiryId}`);
  await place.court.closed(inquiryId, { timeoutMs: 60_000 });
  await page.locator('[data-connection="over"]').waitFor();
  await wait(500); // what was drawn last is noted a frame later
  return answersSeen(page, await journal.of(inquiryId));
}

const seenFigure = (delays: readonly number[], inquiries: number): Figure =>
  figure({
    id: 'C1',
    what: 'from the journal until an answer is drawn in the officer’s browser, p99',
    value: atShare(delays, 0.99),
    unit: 'ms',
    budget: 250,
    detail: `${delays.length} answers of ${inquiries} inquiries that ask 60 agencies, ${usualPerSecond} in a second: p50 ${round(atShare(delays, 0.5))} ms, worst ${round(atShare(delays, 1))} ms`,
    peer: {},
  });

const ask = ({ court }: ConsolePlace, n: number): Promise<string> =>
  court.ask(person, {
    ...{ dueInMs: 600_000, categories: ['real-estate'] },
    ...(n === 0 ? {} : { reason: '复查' }),
  });

/** The product with so many registries, which answer fifty times a second, and a browser. */
interface Answering {
  readonly count: number;
  readonly perSecond: number;
}

async function inPlaceOf<T>(
  answering: Answering,
  act: (place: ConsolePlace, journal: JournalTimes) => Promise<T>,
): Promise<T> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const agencies = await startAgencies(answering.count, { seed: 7, capMs: 500, foundEvery, housesEach });
    stops.push(() => agencies.stop());
    const dataDir = openFolder('chakong-bench-');
    stops.push(async () => rmSync(dataDir, { recursive: true, force: true }));
    const database = await startEmbeddedPostgres({ dataDir, log: quietLog });
    stops.push(() => database.stop());
    const place = await openConsole({
      databaseUrl: database.url,
      configure: (configDir) => configure(configDir, agencies.url, answering),
    });
    stops.push(() => place.stop());
    const journal = await watchJournal(database.url);
    stops.push(() => journal.stop());
    return await act(place, journal);
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

/** C2–C4: the longest task of the page while 4,000 agencies answer at 50 a second, and with 10,000 assets found. */
const national = (count: number, say: ConsoleOptions['say']): Promise<Figure[]> =>
  inPlaceOf({ count, perSecond }, (place) => inNationalPlace(place, count, say));

async function inNationalPlace(place: ConsolePlace, count: number, say: ConsoleOptions['say']): Promise<Figure[]> {
  const page = await place.signIn('usr_zhao', '/console/', { height: 1_000 });
  const inquiryId = await ask(place, 0);
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

/** One channel of city registries for all of them, at the given pace; nobody else is in the directory. */
function configure(configDir: string, url: string, { count, perSecond: maxPerSecond }: Answering): void {
  const channel = {
    ...{ channelId: 'bench-city', nameZh: '压测', nameEn: 'bench', adapter: 'real-estate', mode: 'call' },
    ...{ simulated: true, baseUrl: `${url}/city/{code}`, allowedNetworks: ['127.0.0.0/8'] },
    limits: { deadlineMs: 30_000, concurrency: 400, maxPerSecond },
    settings: {
      ...{ wire: 'city-rest', orgId: '990100' },
      credentials: { username: 'bench', passwordRef: { secret: 'registry-city-password' } },
    },
  };
  writeFileSync(join(configDir, 'channels', 'bench-city.yaml'), JSON.stringify(channel));
  const regions = ['110000', '310000', '440000', '510000', '650000'];
  const rows = Array.from(
    { length: count },
    (_, n) =>
      `registry.n${n},${n},第${n}示例登记中心,Sample ${n},real-estate,${regions[n % regions.length]},bench-city,300,`,
  );
  const head = 'agencyId,code,nameZh,nameEn,category,region,channelId,typicalMs,promisedMs';
  for (const other of ['banks.csv', 'vehicle-bureaus.csv'])
    writeFileSync(join(configDir, 'agencies', other), `${head}\n`);
  writeFileSync(join(configDir, 'agencies', 'registries.csv'), [head, ...rows, ''].join('\n'));
}

function atShare(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
