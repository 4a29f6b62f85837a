import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type ConsolePlace, inBrowser, openConsole, shot, widths } from './console-place.ts';

jest.setTimeout(420_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;
const [officer, operator, auditor] = ['usr_zhao', 'usr_sun', 'usr_zheng'] as const;

interface Screen {
  readonly name: string;
  readonly who: string;
  readonly path: string;
}

/** Every screen at every width in both languages: nothing of it lies beside the page, and people can look at it. */
inBrowser('every screen', () => {
  let place: ConsolePlace;
  let screens: readonly Screen[];
  beforeAll(async () => {
    place = await openConsole();
    const rule = { category: null, times: null, afterMs: null } as const;
    await place.setFaults([{ ...rule, agencyId: 'vehicle.jing', fault: 'down' }]);
    const inquiryId = await place.court.ask(person, { dueInMs: 8_000 });
    const { reportId } = await place.court.closed(inquiryId, { timeoutMs: 60_000 });
    const { caseId, debtorId } = await place.court.inquiry(inquiryId);
    const by = (who: string, all: Readonly<Record<string, string>>) =>
      Object.entries(all).map(([name, path]) => ({ name, who, path: `/console/${path}` }));
    screens = [
      ...by(officer, {
        workbench: '',
        cases: 'cases',
        case: `cases/${caseId}`,
        'new-case': 'cases/new',
        'new-inquiry': `inquiries/new?case=${caseId}&debtor=${debtorId}`,
        import: 'import',
        progress: `inquiries/${inquiryId}`,
        report: `inquiries/${inquiryId}/report`,
        'report-version': `reports/${reportId}`,
        'follow-up': `inquiries/${inquiryId}/follow-up`,
        comparisons: 'comparisons',
        schedules: 'schedules',
        approvals: 'approvals',
        agencies: 'agencies',
        verify: 'verify',
      }),
      ...by(operator, {
        operations: 'ops',
        'operations-agency': 'ops/agencies/vehicle.jing',
        'operations-events': 'ops/events',
        'operations-quarantine': 'ops/quarantine',
      }),
      ...by(auditor, { audit: 'audit' }),
    ];
  }, 240_000);
  afterAll(() => place?.stop());

  it.each(['zh-CN', 'en'] as const)('fits at every width, in %s', async (language) => {
    const beside: string[] = [];
    for (const who of [officer, operator, auditor]) {
      const page = await place.signIn(who, '/console/', { language, scale: 0.5 });
      for (const { name, path } of screens.filter((each) => each.who === who)) {
        await page.setViewportSize({ width: widths[1], height: 900 });
        await page.goto(`${place.url}${path}`);
        await settled(page);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await beyond(page);
          if (wide > 0) beside.push(`${name} at ${width} in ${language}: ${wide} px`);
          await shot(page, `${name}-${language}-${width}`);
        }
      }
    }
    expect(beside).toEqual([]);
  });

  /** How much of the page lies beside it, once it has come to rest after a change of its width. */
  async function beyond(page: Page): Promise<number> {
    const look = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    for (let left = 20; left > 0; left -= 1) {
      if ((await look()) <= 0) return 0;
      await page.waitForTimeout(100);
    }
    return look();
  }

  /** The heading is there, and nothing is being loaded any more. */
  async function settled(page: Page): Promise<void> {
    await page.locator('h1').first().waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await page.waitForLoadState('load');
  }
});
