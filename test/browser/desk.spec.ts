import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sampleCase } from '../e2e/court.ts';
import { eventually } from '../e2e/running-process.ts';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(180_000);

const person = { kind: 'natural', name: '李四', idNumber: '110100199003074112' } as const;

inBrowser('an officer at the desk', () => {
  let place: ConsolePlace;
  let caseId: string;
  beforeAll(async () => {
    place = await openConsole();
    await place.setFaults([{ agencyId: 'bank.bailu', category: null, fault: 'down', times: 1_000, afterMs: null }]);
    const inquiryId = await place.court.ask(person, {
      agencies: ['bank.bailu', 'bank.qingsong', 'registry.jing', 'vehicle.jing'],
    });
    caseId = (await place.court.inquiry(inquiryId)).caseId;
    const answered = async () => (await place.court.inquiry(inquiryId)).counts.answered >= 1;
    await eventually('somebody answered', answered, { timeoutMs: 60_000 });
  });
  afterAll(() => place?.stop());

  it('sees what waits, goes to a case, and reads who said nothing apart from who did not answer', async () => {
    const page = await place.signIn('usr_zhao', '/console/');
    await page.getByRole('heading', { name: '工作台' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: sampleCase.caseNumber });
    await row.getByText('查询中').waitFor();
    await expectNoAxe(page);
    await shot(page, 'desk-workbench-zh-CN');
    await row.getByRole('link', { name: sampleCase.caseNumber }).click();
    await page.getByRole('region', { name: '历次查询' }).locator('.matrix-cell[data-verdict]').first().waitFor();
    await page.getByText('校验通过').waitFor();
    await expectNoAxe(page);
    await shot(page, 'desk-case-zh-CN');
    await page.getByRole('region', { name: '历次查询' }).scrollIntoViewIfNeeded();
    await shot(page, 'desk-matrix-zh-CN');
    await expectHonestMatrix(page);
    expect([page.url(), await page.title()].join()).not.toMatch(/李|1101/);
  });

  it('enters a case and a debtor by keyboard, told of everything that is wrong at once', async () => {
    const page = await place.signIn('usr_zhao', '/console/cases/new');
    await page.getByLabel('债权余额').fill('两百万');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('有 3 处需要修改').waitFor();
    await expectNoAxe(page);
    await page.locator('.error-summary:focus').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the first item leads to its field
    await page.keyboard.type('(2026)京9901执88号');
    await page.getByLabel('执行依据').fill('（2025）京9901民初88号民事判决书');
    await page.getByLabel('债权余额').fill('1,000.5');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '案件 （2026）京9901执88号' }).waitFor();
    await page.getByText('¥1,000.50').waitFor();
    await page.getByText('还没有被执行人').waitFor();
    await page.getByRole('button', { name: '添加被执行人' }).press('Enter');
    await page.getByLabel('姓名或名称').fill('王\uE863');
    await page.getByRole('list', { name: '姓名中的生僻字' }).getByText('U+E863').waitFor();
    await page.getByRole('button', { name: '改用 䶮' }).press('Enter');
    await page.getByText('U+4DAE GB 18030-2022 级别 1').waitFor();
    expect(await page.getByLabel('姓名或名称').inputValue()).toBe('王䶮');
    await expectNoAxe(page);
    await shot(page, 'desk-rare-characters-zh-CN');
    await page.getByLabel('姓名或名称').fill('王五');
    await page.getByLabel('证件号码', { exact: true }).fill('110100199003074112');
    await shot(page, 'desk-new-debtor-zh-CN');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /一键查询/ }).waitFor();
    const href = await page.getByRole('link', { name: /一键查询/ }).getAttribute('href');
    expect(href).toMatch(/^\/console\/inquiries\/new\?case=case_[^&]+&debtor=deb_[^&]+$/);
    await page.goto(`${place.url}/console/?act=ready-to-ask`);
    const ready = page.getByRole('link', { name: '（2026）京9901执88号' });
    await ready.focus();
    await page.keyboard.press('n');
    await page.waitForURL(`${place.url}${href ?? ''}`);
  });

  it('finds a case by pinyin with Ctrl-K, is told where it looked, and nothing of it stands in an address', async () => {
    const page = await place.signIn('usr_zhao', '/console/cases');
    await page.getByRole('heading', { name: '案件' }).waitFor();
    const addresses: string[] = [];
    page.on('request', (request) => void addresses.push(request.url()));
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').fill('lisi');
    await page.keyboard.press('Enter');
    await page.getByText('本次搜索的范围').waitFor();
    await expectNoAxe(page);
    await shot(page, 'desk-search-zh-CN');
    await page.getByRole('dialog').getByRole('link').first().click();
    await page.waitForURL(`${place.url}/console/cases/${caseId}`);
    expect(addresses.filter((each) => each.includes('lisi'))).toEqual([]);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '快捷键' }).waitFor();
  });

  it('is shown nothing of another court: not in lists, not by address, not by search', async () => {
    const page = await place.signIn('usr_qian', `/console/cases/${caseId}`);
    await page.getByText('未找到').waitFor();
    expect(await page.locator('body').textContent()).not.toContain(sampleCase.caseNumber);
    await page.goto(`${place.url}/console/`);
    await page.getByText('您还没有案件').waitFor();
    const { status } = await place.courtAs('qian').request('GET', `cases/${caseId}/matrix`);
    expect(status).toBe(404);
  });
});

/** Every field has its sign and its word; a ring stands only where the word is that of an answer. */
async function expectHonestMatrix(page: Page): Promise<void> {
  const fields = await page.locator('td .matrix-cell[data-verdict]').evaluateAll((all) =>
    all.map((each) => ({
      verdict: each.getAttribute('data-verdict'),
      ring: each.querySelector('circle') !== null,
      words: each.querySelector('.visually-hidden')?.textContent ?? '',
    })),
  );
  expect(fields.length).toBeGreaterThan(3);
  for (const { verdict, ring, words } of fields) {
    expect({ verdict, ring }).toEqual({ verdict, ring: verdict === 'nothing' });
    expect(words).toMatch(verdict === 'nothing' ? /已反馈：无财产/ : /查有财产|未反馈|未查询/);
  }
  expect(fields.some(({ verdict }) => verdict === 'no-answer')).toBe(true);
}
