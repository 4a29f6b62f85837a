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

  const open = async (page: Page, id: string) => {
    await page.goto(`${place.url}/console/stories?id=${encodeURIComponent(id)}`);
    await page.locator('[data-story]').waitFor();
    await page.waitForTimeout(50);
  };

  it('has no violation that axe can find', async () => {
    const page = await place.visit('/console/stories');
    const ids = await storiesOn(page);
    const wrong: string[] = [];
    for (const id of ids) {
      await open(page, id);
      await expectNoAxe(page).catch((error: unknown) => wrong.push(`${id}\n${String(error)}`));
    }
    expect(wrong).toEqual([]);
    expect(ids.length).toBeGreaterThan(40);
  });

  it('fits every width in the longer language, and is kept as a picture', async () => {
    const page = await place.visit('/console/stories', { language: 'en' });
    const wrong: string[] = [];
    for (const id of await storiesOn(page)) {
      await open(page, id);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (overflow > 1) wrong.push(`${id} is ${overflow} px wider than a window of ${width} px`);
        await shot(page, `stories/${id.replaceAll('/', '-')}-${width}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
