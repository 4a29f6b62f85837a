import { describe, expect, it } from '@jest/globals';
import type { DocumentCell, DocumentModel } from '#inquiry';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import readExcelFile from 'read-excel-file/node';
import { renderDocument } from './index.ts';

const text = (value: string): DocumentCell => ({ is: 'text', text: value });
const labels = { page: '第 {page} 页 / 共 {pages} 页', coverage: '覆盖情况', notes: '说明' };
const sentence = '已查明合计 ≥ ¥1,234.50（1/2 家已反馈，1 家未反馈）。';
const model: DocumentModel = {
  ...{ locale: 'zh-CN', title: '财产查询报告', sentence, partial: sentence, mark: '演练', version: '第 3 版' },
  head: [
    ['案号', '（2026）京9901执1号'],
    ['被执行人', '㼆䶮𠮷 买买提·艾合买提'],
  ],
  totals: ['≥ ¥1,234.50'],
  coverage: {
    title: '覆盖情况',
    columns: [
      { title: '机构', width: 20 },
      { title: '结论', width: 14 },
      { title: '结论代码', width: 10, sheetOnly: true },
      { title: '反馈说明', width: 40 },
    ],
    rows: [
      [text('甲银行'), { is: 'verdict', verdict: 'found', text: '查有财产' }, text('found'), text('1 项')],
      [text('乙车管'), { is: 'verdict', verdict: 'no-answer', text: '未反馈' }, text('no-answer'), text('超时')],
    ],
  },
  tables: [
    {
      title: '存款账户',
      columns: Array.from({ length: 9 }, (_, at) => ({ title: `列${at}`, width: 10 })),
      rows: [
        [
          ...[text('0012300045'), text('=1+1'), text('CNY'), { is: 'amount', amount: '1234.50' } as const],
          ...[{ is: 'missing', text: '未提供' } as const, { is: 'amount', amount: '12345678901234567.89' } as const],
          ...[text('-'), text('@x'), text('甲银行')],
        ],
      ],
    },
  ],
  notes: ['“未提供”不等于零。'],
  ...{ caseNumber: '（2026）京9901执1号', code: 'ABCD-EFGH-JKMN-PQRS', qr: `rep_1 3 sha256:${'a'.repeat(64)}` },
  watermark: '赵执 exp_1',
  words: { ...labels, totals: '已查明合计', remark: '备注', glyphs: '字体缺字：' },
};
const signal = AbortSignal.timeout(60_000);

/** Text of every page, without the gaps that drawing makes. */
async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  return Promise.all(
    Array.from({ length: document.numPages }, async (_, at) => {
      const { items } = await (await document.getPage(at + 1)).getTextContent();
      return items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s/g, '');
    }),
  );
}
const bare = (value: string): string => value.replace(/\s/g, '');

describe('a document on paper', () => {
  it('has the sentence, case number and page of pages on every page, and names what no font can draw', async () => {
    const pages = await pagesOf(await renderDocument(model, 'pdf', { signal }));
    expect(pages.length).toBeGreaterThanOrEqual(3); // upright, on its side, upright
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(bare(sentence));
      expect(page).toContain('京9901执1号');
      expect(page).toContain(`第${at + 1}页/共${pages.length}页`);
    }
    const all = pages.join('');
    for (const part of [
      '乙车管',
      '未反馈',
      '超时',
      '未提供',
      '1,234.50',
      '12,345,678,901,234,567.89',
      '㼆䶮〔U+20BB7〕',
    ])
      expect(all).toContain(part);
    expect(all).toContain('字体缺字：U+20BB7');
    expect(all).not.toContain('无财产');
  }, 60_000);

  it('says the same twice, and ends with its signal', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => renderDocument(model, 'pdf', { signal })));
    expect(await pagesOf(one ?? Buffer.of())).toEqual(await pagesOf(other ?? Buffer.of()));
    await expect(renderDocument(model, 'pdf', { signal: AbortSignal.timeout(1) })).rejects.toThrow();
  }, 60_000);
});

describe('a workbook', () => {
  it('keeps text as text, numbers as numbers, and unknown empty with a remark', async () => {
    const bytes = await renderDocument(model, 'xlsx', { signal });
    const sheets = await readExcelFile(bytes);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['覆盖情况', '存款账户', '说明']);
    const [coverage, accounts] = sheets.map(({ data }) => data);
    expect(String(coverage?.[0]?.[0])).toContain(sentence);
    expect(coverage?.[3]).toEqual(['乙车管', '未反馈', 'no-answer', '超时']);
    const row = accounts?.[1];
    expect(row?.slice(0, 6)).toEqual(['0012300045', '=1+1', 'CNY', 1234.5, null, '12345678901234567.89']);
    expect(row?.[9]).toBe('列4：未提供');
  }, 60_000);
});
