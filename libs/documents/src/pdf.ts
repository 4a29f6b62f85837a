import type { DocumentCell, DocumentModel, DocumentTable } from '#inquiry';
import pdfmake, { type Content, type TableCell } from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { create } from 'qrcode';
import { boldFont, regularFont } from './fonts.ts';
import { withDrawableText } from './glyphs.ts';
import { signOf } from './signs.ts';

pdfmake.setFonts({ Noto: { normal: regularFont, bold: boldFont, italics: regularFont, bolditalics: boldFont } });
pdfmake.setLocalAccessPolicy((path) => path === regularFont || path === boldFont);
pdfmake.setUrlAccessPolicy(() => false);

/** Lists with more columns than this lie on their side (ux.md D-01). */
const portraitColumns = 7;

/** The model on A4 paper. */
export function writePdf(model: DocumentModel): Promise<Buffer> {
  return pdfmake.createPdf(definitionOf(withDrawableText(model))).getBuffer();
}

function definitionOf(model: DocumentModel): TDocumentDefinitions {
  const { mark, watermark } = model;
  const across = mark === null ? watermark : `${mark}  ${watermark}`;
  return {
    pageSize: 'A4',
    pageMargins: [40, model.partial === null ? 52 : 78, 40, 48],
    info: { title: model.title, creationDate: new Date(0) },
    defaultStyle: { font: 'Noto', fontSize: 9, lineHeight: 1.25, color: '#1f2937' },
    styles: { title: { fontSize: 18, bold: true }, section: { fontSize: 12, bold: true, margin: [0, 12, 0, 6] } },
    watermark: { text: across, font: 'Noto', color: '#6b7280', opacity: mark === null ? 0.08 : 0.16, bold: false },
    header: () => headerOf(model),
    footer: (page, pages) => footerOf(model, page, pages),
    content: [...frontOf(model), ...(model.coverage ? tableOf(model.coverage, 'portrait') : []), ...listsOf(model)],
    pageBreakBefore: (node, nodes) => node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
  };
}

function headerOf({ caseNumber, version, partial, mark }: DocumentModel): Content {
  const top = [caseNumber, version, ...(mark === null ? [] : [mark])].join('  ·  ');
  return {
    margin: [40, 22, 40, 0],
    stack: [{ text: top, fontSize: 8 }, ...(partial === null ? [] : [{ text: partial, fontSize: 8, bold: true }])],
  };
}

function footerOf({ words, code }: DocumentModel, page: number, pages: number): Content {
  const place = words.page.replace('{page}', `${page}`).replace('{pages}', `${pages}`);
  return {
    margin: [40, 12, 40, 0],
    columns: [
      { text: code, fontSize: 8 },
      { text: place, fontSize: 8, alignment: 'right' },
    ],
  };
}

function frontOf(model: DocumentModel): Content[] {
  const { title, version, sentence, head, totals, words } = model;
  const pairs = head.map(([label, value]): TableCell[] => [{ text: label, color: '#4b5563' }, { text: value }]);
  return [
    {
      columns: [
        {
          width: '*',
          stack: [
            { text: title, style: 'title' },
            { text: version },
            { text: sentence, bold: true, fontSize: 12, margin: [0, 10, 0, 0] },
          ],
        },
        { width: 84, ...qrOf(model.qr) },
      ],
    },
    { margin: [0, 10, 0, 0], layout: 'noBorders', table: { widths: [80, '*'], body: pairs } },
    { text: words.totals, style: 'section', headlineLevel: 1 },
    { stack: totals.map((text) => ({ text })) },
  ];
}

/** Drawn as squares, so that it stays sharp on paper and needs no picture. */
function qrOf(text: string) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = 80 / modules.size;
  const dark = Array.from(modules.data, (isDark, at) => ({ isDark, at })).filter(({ isDark }) => isDark);
  return {
    canvas: dark.map(({ at }) => ({
      ...{ type: 'rect' as const, x: (at % modules.size) * side, y: Math.floor(at / modules.size) * side },
      ...{ w: side + 0.05, h: side + 0.05, color: 'black', lineWidth: 0 },
    })),
  };
}

function listsOf({ tables, notes, words }: DocumentModel): Content[] {
  const lists = tables.flatMap((table, at): Content[] => {
    const before = tables[at - 1];
    const turned = orientationOf(table) !== (before ? orientationOf(before) : 'portrait');
    return tableOf(table, orientationOf(table), turned);
  });
  const last = tables.at(-1);
  const back: object =
    last && orientationOf(last) === 'landscape' ? { pageBreak: 'before', pageOrientation: 'portrait' } : {};
  return [
    ...lists,
    { text: words.notes, style: 'section', headlineLevel: 1, ...back },
    { ol: notes.map((text) => ({ text })) },
  ];
}

type Orientation = 'portrait' | 'landscape';

const orientationOf = (table: DocumentTable): Orientation =>
  columnsOnPaper(table).length > portraitColumns ? 'landscape' : 'portrait';

const columnsOnPaper = ({ columns }: DocumentTable): number[] =>
  columns.flatMap(({ sheetOnly }, at) => (sheetOnly ? [] : [at]));

function tableOf(table: DocumentTable, orientation: Orientation, turned = false): Content[] {
  const shown = columnsOnPaper(table);
  const sum = shown.reduce((all, at) => all + (table.columns[at]?.width ?? 0), 0);
  const room = (orientation === 'landscape' ? 762 : 515) - shown.length * 9;
  const header = shown.map(
    (at): TableCell => ({ text: table.columns[at]?.title ?? '', bold: true, fillColor: '#f3f4f6' }),
  );
  const body = table.rows.map((row) => shown.map((at) => paperCell(row[at])));
  const broken: object = turned ? { pageBreak: 'before', pageOrientation: orientation } : {};
  return [
    { text: `${table.title}（${table.rows.length}）`, style: 'section', headlineLevel: 1, ...broken },
    {
      fontSize: 8,
      layout: 'lightHorizontalLines',
      table: {
        ...{ headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, body: [header, ...body] },
        widths: shown.map((at) => ((table.columns[at]?.width ?? 0) / sum) * room),
      },
    },
  ];
}

function paperCell(cell: DocumentCell | undefined): TableCell {
  if (cell === undefined) throw new Error('a row has fewer cells than its table has columns');
  if (cell.is === 'amount') return { text: grouped(cell.amount), alignment: 'right' };
  if (cell.is === 'verdict')
    return {
      columns: [
        { width: 10, stack: [signOf(cell.verdict)] },
        { text: cell.text, width: '*' },
      ],
    };
  return cell.is === 'missing' ? { text: cell.text, color: '#6b7280' } : { text: cell.text };
}

function grouped(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const thousands = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}
