import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot, widths } from './console-place.ts';

jest.setTimeout(600_000);

inBrowser('every state of every screen', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole()));
  afterAll(() => place?.stop());

  const storiesOn = async (page: Page): Promise<readonly string[]> => {
    await page.goto(`${place.url}/console/stories`);
    const links = page.locator('.story-list a');
    await links.first().waitFor();
    return links.allTextContents();
  };

  it.each(['zh-CN', 'en'] as const)('has no violation that axe can find, in %s', async (language) => {
    const page = await place.visit('/console/stories', { language, width: 1280 });
    const ids = await storiesOn(page);
    const wrong: string[] = [];
    for (const id of ids) {
      await page.goto(`${place.url}/console/stories?id=${encodeURIComponent(id)}`);
      await page.locator('[data-story]').waitFor();
      await page.waitForTimeout(50);
      await expectNoAxe(page).catch((error: unknown) => wrong.push(`${id}\n${String(error)}`));
    }
    expect(wrong).toEqual([]);
    expect(ids.length).toBeGreaterThan(10);
  });

  it('fits every width', async () => {
    for (const width of widths) {
      const page = await place.visit('/console/stories', { width });
      for (const id of await storiesOn(page)) {
        await page.goto(`${place.url}/console/stories?id=${encodeURIComponent(id)}`);
        await page.locator('[data-story]').waitFor();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (overflow > 1) throw new Error(`${id} is ${overflow} px wider than a window of ${width} px`);
        await shot(page, `stories/${id.replaceAll('/', '-')}-${width}`);
      }
      await page.context().close();
    }
  });
});
