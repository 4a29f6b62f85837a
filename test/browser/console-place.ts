import AxeBuilder from '@axe-core/playwright';
import { describe } from '@jest/globals';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repository } from '../e2e/running-process.ts';
import { chromiumPath } from './open-console.ts';

export { type ConsolePlace, openConsole } from './open-console.ts';

const isThere = existsSync(chromiumPath);
if (!isThere) process.stderr.write(`NOT TESTED: no browser at ${chromiumPath} (set CHROMIUM, or install chromium)\n`);

/** `describe` where there is a browser; elsewhere the tests are skipped, and that is said. */
export const inBrowser: typeof describe | typeof describe.skip = isThere ? describe : describe.skip;

/** Widths at which every screen is looked at, in CSS pixels. */
export const widths = [400, 1024, 1600] as const;

/** No violation of WCAG 2.2 A and AA that axe can find, on what is on the screen now. */
export async function expectNoAxe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n  ${nodes.map(({ html, target }) => `${String(target)} ${html.slice(0, 160)}`).join('\n  ')}`,
  );
  if (told.length > 0) throw new Error(`axe on ${new URL(page.url()).pathname}:\n${told.join('\n')}`);
}

/** Keeps a picture of the screen in docs/screens when `CHAKONG_SCREENS` says so, and in coverage/screens otherwise. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = join(repository, process.env['CHAKONG_SCREENS'] === 'docs' ? 'docs/screens' : 'coverage/screens');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: false });
}
