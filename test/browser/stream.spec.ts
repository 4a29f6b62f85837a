import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { openTcpProxy, type TcpProxy } from '../faults/tcp-proxy.ts';
import { type ConsolePlace, inBrowser, openConsole } from './console-place.ts';

jest.setTimeout(180_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;

inBrowser('the live progress behind a network that breaks', () => {
  let place: ConsolePlace;
  let network: TcpProxy;
  beforeAll(async () => {
    place = await openConsole();
    network = await openTcpProxy([Number(new URL(place.url).port)]);
  });
  afterAll(async () => {
    await network?.stop();
    await place?.stop();
  });

  it('says that it is not live while it is cut, and shows everything that came in meanwhile', async () => {
    const rule = { category: null, times: null, afterMs: null } as const;
    await place.setFaults([
      { ...rule, agencyId: 'vehicle.jing', fault: 'down' },
      { ...rule, agencyId: 'bank.bailu', fault: 'no-poll' }, // keeps the inquiry open until it is due
    ]);
    const page = await place.signIn('usr_zhao');
    const inquiryId = await place.court.ask(person, { dueInMs: 30_000 });
    await page.goto(`http://localhost:${network.port}/console/inquiries/${inquiryId}`);
    await page.locator('tr[data-row-key="vehicle vehicle.jing"]').waitFor();
    await page.locator('[data-connection="live"]').waitFor();
    network.cut(); // once: it comes back by itself
    await page.locator('[data-connection="connecting"]').waitFor();
    await page.locator('[data-connection="live"]').waitFor();
    network.set('refuse');
    await page.locator('[data-connection="connecting"]').waitFor();
    await place.court.closed(inquiryId, { timeoutMs: 90_000 });
    await page.locator('[data-connection="polling"]').waitFor();
    network.set('pass');
    await page.locator('[data-connection="over"]').waitFor({ timeout: 40_000 });
    const { items } = (await place.court.request('GET', `inquiries/${inquiryId}/lines?limit=1000`)).json();
    await expectRows(
      new Map(
        items.map(({ category, agencyId, verdict }: Record<string, string>) => [`${category} ${agencyId}`, verdict]),
      ),
    );

    async function expectRows(wanted: ReadonlyMap<string, string>): Promise<void> {
      expect(wanted.get('vehicle vehicle.jing')).toBe('no-answer');
      expect(new Set(wanted.values())).toContain('nothing');
      const shown = () =>
        page
          .locator('[data-row-key]')
          .evaluateAll((rows) =>
            rows.map(
              (row) =>
                [
                  row.getAttribute('data-row-key'),
                  row.querySelector('.verdict-tag')?.getAttribute('data-verdict'),
                ] as const,
            ),
          );
      await page.locator('tr[data-row-key="vehicle vehicle.jing"]').waitFor();
      expect(new Map(await shown())).toEqual(wanted);
    }
  });
});
