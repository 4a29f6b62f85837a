import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConsolePlace, inBrowser, openConsole } from './console-place.ts';
import { built } from '../e2e/running-process.ts';

jest.setTimeout(120_000);

const scripts = globSync(join(built('console'), 'assets/*.js'));
const sheets = globSync(join(built('console'), 'assets/*.css'));

/** Newer than Chromium 90, and what stands in for it in app/polyfills.ts; null: nothing does, so it may not be used. */
const newer: readonly (readonly [what: RegExp, polyfill: string | null])[] = [
  [/\.toSorted\(/, 'array/to-sorted'],
  [/\.toReversed\(/, 'array/to-reversed'],
  [/\.toSpliced\(/, 'array/to-spliced'],
  [/\.findLast\(/, 'array/find-last'],
  [/\.findLastIndex\(/, 'array/find-last-index'],
  [/\.at\(-?\d+\)/, 'array/at'],
  [/Object\.hasOwn\(/, 'object/has-own'],
  [/Object\.groupBy\(/, 'object/group-by'],
  [/Map\.groupBy\(/, 'map/group-by'],
  [/structuredClone\(/, 'structured-clone'],
  [/Promise\.withResolvers\(/, 'promise/with-resolvers'],
  [/crypto\.randomUUID\(/, null],
  [/AbortSignal\.(?:timeout|any)\(/, null],
  [/URL\.(?:canParse|parse)\(/, null],
  [/Array\.fromAsync\(/, null],
  [/\.isWellFormed\(/, 'string/is-well-formed'],
];

describe('the bundle in an old browser', () => {
  const polyfills = readFileSync(new URL('../../apps/console/src/app/polyfills.ts', import.meta.url), 'utf8');

  it('is there', () => expect(scripts.length).toBeGreaterThan(1));

  it.each(newer)('has no %s without a stand-in', (what, polyfill) => {
    if (polyfill !== null && polyfills.includes(`core-js/actual/${polyfill}'`)) return;
    const users = scripts.filter((path) => what.test(readFileSync(path, 'utf8')));
    expect(users.map((path) => path.split('/').at(-1))).toEqual([]);
  });

  it('has style sheets that Chromium 90 reads', () => {
    const unknown =
      /:has\(|@container|@layer|color-mix\(|\d(?:dvh|dvw|svh|lvh)\b|(?:^|[;{])\s*(?:translate|rotate|scale):|&[\s.:>]/m;
    const users = sheets.filter((path) => unknown.test(readFileSync(path, 'utf8')));
    expect(users).toEqual([]);
  });
});

inBrowser('the first load', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole()));
  afterAll(() => place?.stop());

  it('is at most 400 kB over the wire, scripts and styles together', async () => {
    const page = await place.signIn('usr_zhao');
    await page.locator('.shell-person').waitFor();
    await page.waitForLoadState('networkidle');
    const loaded = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => /\.(?:js|css)$/.test(new URL(entry.name).pathname))
        .map((entry) => ({ name: entry.name, bytes: (entry as PerformanceResourceTiming).encodedBodySize })),
    );
    const bytes = loaded.reduce((sum, each) => sum + each.bytes, 0);
    process.stdout.write(
      `first load of the workbench: ${Math.round(bytes / 1000)} kB in ${loaded.length} files: ${loaded
        .map((each) => `${each.name.split('/').at(-1) ?? ''} ${each.bytes}`)
        .join(', ')}\n`,
    );
    expect(loaded.length).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(400_000);
  });
});
