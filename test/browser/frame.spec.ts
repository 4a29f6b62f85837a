import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(120_000);

inBrowser('the frame of the console', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole()));
  afterAll(() => place?.stop());

  it('says who is signed in and where, in both languages, with everything from here', async () => {
    const page = await place.signIn('usr_zhao', '/console/nowhere');
    const outside: string[] = [];
    const refused: string[] = [];
    page.on('request', (request) => void (request.url().startsWith(place.url) || outside.push(request.url())));
    page.on('console', (message) => void (message.type() === 'error' && refused.push(message.text())));
    await page.reload();
    await page.getByText('赵执 · 某市某区人民法院').waitFor();
    await page.getByText('演练环境').waitFor();
    await page.getByText('页面不存在').waitFor();
    await expectNoAxe(page);
    await shot(page, 'frame-zh-CN');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('There is no such page').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await expectNoAxe(page);
    expect(outside).toEqual([]);
    expect(refused).toEqual([]);
  });

  it('sends who is not signed in to the sign-in, and says where they come from', async () => {
    const page = await place.visit('/console/cases?state=open');
    await page.waitForURL((at) => at.pathname === '/console/sign-in');
    expect(new URL(page.url()).searchParams.get('return')).toBe('/console/cases?state=open');
  });
});
