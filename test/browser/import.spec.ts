import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { readSheet } from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(180_000);

const [headers, zhang, li] = [
  ['案号', '姓名', '身份证号'],
  ['张三', '110100199003074112'],
  ['李四', '320100198510120237'],
];
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

inBrowser('a list of debtors', () => {
  let place: ConsolePlace;
  beforeAll(async () => (place = await openConsole()));
  afterAll(() => place?.stop());

  it('comes in with bad rows, is mended with the error file, and is sent once its number is confirmed', async () => {
    const caseId = await place.court.openCase();
    const { caseNumber } = (await place.court.request('GET', `cases/${caseId}`)).json();
    const page = await place.signIn('usr_zhao', '/console/import');
    await page.getByRole('heading', { name: '批量导入被执行人' }).waitFor();
    await expectNoAxe(page);
    await shot(page, 'import-start-zh-CN');

    const rows = [headers, [caseNumber, ...zhang], [caseNumber, '李四', '32010019851012023'], ['京9901', '', '']];
    const text = rows.map((row) => row.join(',')).join('\r\n');
    const csv = { name: '名单.csv', mimeType: 'text/csv', buffer: iconv.encode(text, 'gb18030') };
    await page.getByLabel('选择文件（xlsx 或 csv）').setInputFiles(csv);
    await page.getByText('共 3 行：可发送 1，可修正 2，不可发送 0，已发送 0。').waitFor();
    await page.getByText('编码 GB 18030').waitFor();
    expect(page.url()).not.toContain(encodeURIComponent('张三'));
    expect(await page.content()).not.toContain(zhang[1]);
    await expectNoAxe(page);
    await shot(page, 'import-list-zh-CN');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'xlsx' }).first().click(),
    ]);
    const [top = [], ...bad] = (await readSheet(readFileSync(await download.path()), 1)).map((row) =>
      row.map((cell) => String(cell ?? '')),
    );
    expect(bad.map((row) => row.at(-1))).toEqual([expect.stringMatching(/证件号码/), expect.stringMatching(/案号/)]);
    const mended = [top, [caseNumber, ...li, bad[0]?.at(-1) ?? '']];
    const buffer = await writeExcelFile(mended.map((row) => row.map((value) => ({ type: String, value })))).toBuffer();

    await page.getByRole('button', { name: '换一份名单' }).click();
    await page.getByLabel('选择文件（xlsx 或 csv）').setInputFiles({ name: '改正.xlsx', mimeType: '', buffer });
    await page.getByText('共 1 行：可发送 1，可修正 0，不可发送 0，已发送 0。').waitFor();
    const button = page.getByRole('button', { name: '发送 1 条' });
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel('文书名称').last().fill('协助查询存款通知书');
    await page.getByLabel('文书编号').last().fill('W20260301000009');
    await page.getByLabel(/文书扫描件/).setInputFiles({ name: 'notice.pdf', mimeType: 'application/pdf', buffer: pdf });
    await page.getByText('已有：notice.pdf').waitFor();
    expect(await button.isDisabled()).toBe(true); // nothing is sent until the number is confirmed
    expect((await place.court.request('GET', `inquiries?caseId=${caseId}`)).json().items).toEqual([]);
    await page.getByLabel('我已核对，确认发送 1 条').check();
    await button.click();
    await page.getByText('确认 1 条：已发出 1，被拒 0。').waitFor();
    await page.getByText('可发送 0，可修正 0，不可发送 0，已发送 1。').waitFor();
    await expectNoAxe(page);
    expect((await place.court.request('GET', `inquiries?caseId=${caseId}`)).json().items).toHaveLength(1);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Rows in all: 1; 0 can be sent, 0 to mend, 0 cannot be sent, 1 sent.').waitFor();
    await expectNoAxe(page);
    await page.getByRole('link', { name: 'Open the inquiry' }).click();
    await page.waitForURL(/\/console\/inquiries\/inq_/);
  });
});
