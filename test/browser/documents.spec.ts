import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import readXlsxFile from 'read-excel-file/node';
import type { Report } from '#contracts';
import { type ConsolePlace, expectNoAxe, inBrowser, openConsole, shot } from './console-place.ts';

jest.setTimeout(180_000);

const person = { kind: 'natural', name: '张三', idNumber: '110100199003074112' } as const;
const bare = (text: string): string => text.replace(/\s/g, '');

/** The text of every page, without the gaps that drawing makes. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let no = 1; no <= document.numPages; no += 1) {
    const { items } = await (await document.getPage(no)).getTextContent();
    pages.push(bare(items.map((item) => ('str' in item ? item.str : '')).join('')));
  }
  return pages;
}

inBrowser('from the login to a document on disk', () => {
  let place: ConsolePlace;
  let report: Report;
  beforeAll(async () => {
    place = await openConsole();
    await place.setFaults([{ agencyId: null, category: 'vehicle', fault: 'down', times: null, afterMs: null }]);
    const inquiryId = await place.court.ask(person, { dueInMs: 8_000 });
    report = await place.court.closed(inquiryId, { timeoutMs: 60_000 });
  });
  afterAll(() => place?.stop());

  const exported = async (page: Page, format: string): Promise<Buffer> => {
    await page.getByRole('button', { name: '导出' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(format, { exact: true }).click();
    await dialog.getByText('不脱敏').click();
    await dialog.getByLabel('导出事由（留痕）').fill('附卷');
    if (format === 'PDF') await expectNoAxe(page);
    if (format === 'PDF') await shot(page, 'export-zh-CN');
    await dialog.getByRole('button', { name: '生成' }).click();
    const coming = page.waitForEvent('download');
    await dialog.getByRole('link', { name: `下载 ${format}` }).click();
    const bytes = await readFile(await (await coming).path());
    await dialog.getByRole('button', { name: '关闭' }).first().click();
    return bytes;
  };

  it('says on paper and in sheets what the report says, and of nobody silent that there was nothing', async () => {
    const page = await place.signIn('usr_zhao', `/console/reports/${report.reportId}`);
    const { lines, counts } = report.coverage;
    const silent = lines.filter(({ verdict }) => verdict === 'no-answer');
    expect(silent.length).toBeGreaterThan(3);

    const pages = await pagesOf(await exported(page, 'PDF'));
    const paper = pages.join('');
    for (const [at, text] of pages.entries()) {
      expect(text).toContain(bare(report.summary.sentence.zh));
      expect(text).toContain(`第${at + 1}页/共${pages.length}页`);
    }
    for (const { agencyName } of silent) expect(paper).toMatch(new RegExp(`${bare(agencyName)}车辆未反馈`));
    for (const { agencyName, verdict } of lines.filter((each) => each.verdict === 'nothing'))
      expect([verdict, paper.includes(`${bare(agencyName)}`)]).toEqual(['nothing', true]);
    expect(paper).toContain('演练');
    for (const { balance } of report.summary.totalsByCurrency) expect(paper.replaceAll(',', '')).toContain(balance);
    expect(paper).toContain('≥');

    const [coverage] = await readXlsxFile(await exported(page, 'Excel'));
    const rows = (coverage?.data ?? []).map((row) => row.map((cell) => (typeof cell === 'string' ? cell : '')));
    expect(rows[0]?.[0]).toContain(report.summary.sentence.zh);
    const told = (code: string) => rows.filter((row) => row.includes(code)).length;
    expect({ silent: told('no-answer'), nothing: told('nothing'), found: told('found') }).toEqual({
      silent: counts.noAnswer,
      nothing: counts.nothing,
      found: counts.found,
    });
    for (const row of rows.filter((each) => each.includes('no-answer'))) expect(row.join(' ')).not.toMatch(/无财产/);
  });
});
