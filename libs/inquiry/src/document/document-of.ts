import type { CoverageLine, Report, Total } from '#contracts';
import { printedAmount } from '../amounts.ts';
import { wordsOfLine } from '../line-words.ts';
import type { MaskedReport, ShownReport } from '../mask-report.ts';
import { agencyNames, assetTables, type Telling, text, textOr, timeText } from './asset-tables.ts';
import { codeWords } from './code-words.ts';
import type { DocumentCell, DocumentModel, DocumentTable } from './document-model.ts';
import { type DocumentWords, documentWords } from './document-words.ts';

export interface DocumentWanted {
  readonly locale: 'zh-CN' | 'en';
  readonly draft: boolean;
  readonly version: Pick<Report, 'reportId' | 'reportVersion' | 'contentHash'>;
  readonly code: string;
  /** Who takes it out, printed across every page. */
  readonly watermark: string;
  /** Lines of the whole report, for the names of agencies where the list itself was left out. */
  readonly lines: readonly CoverageLine[];
}

/** What paper and sheets show of one version, masked already. Pure: the same version gives the same text. */
export function documentOf(masked: MaskedReport, wanted: DocumentWanted): DocumentModel {
  const { shown } = masked;
  const words = documentWords[wanted.locale];
  const language = wanted.locale === 'en' ? 'en' : 'zh';
  const { reportId, reportVersion, contentHash } = wanted.version;
  const sentence = shown.summary.sentence[language];
  const telling = { words, locale: wanted.locale, agencies: agencyNames(wanted.lines) };
  return {
    ...{ locale: wanted.locale, title: words.title, sentence, words: words.labels },
    partial: shown.coverage.isFull ? null : sentence,
    mark: markOf(shown, wanted.draft, words),
    head: headOf(shown, words),
    totals: totalsOf(shown.summary.totalsByCurrency, words),
    coverage: shown.coverage.lines && coverageTable(shown.coverage.lines, words, wanted.locale),
    tables: [...(shown.assets ? assetTables(shown.assets, telling) : []), ...rolesTable(shown, telling)],
    notes: notesOf(masked, words, language),
    caseNumber: shown.legal.caseNumber,
    version: words.version(reportVersion),
    code: wanted.code,
    qr: `${reportId} ${reportVersion} ${contentHash}`,
    watermark: wanted.watermark,
  };
}

function markOf({ simulated }: ShownReport, draft: boolean, words: DocumentWords): string | null {
  if (simulated) return words.simulated;
  return draft ? words.draft : null;
}

function headOf({ legal, debtor, officer, stateAt }: ShownReport, { head }: DocumentWords): [string, string][] {
  return [
    [head.case, legal.caseNumber],
    [head.court, legal.courtName],
    [head.debtor, debtor.name],
    [head.ids, debtor.ids.map(({ number }) => number).join('、')],
    [head.basis, legal.basis],
    [head.officer, officer.name],
    [head.stateAt, timeText(stateAt)],
  ];
}

function totalsOf(totals: readonly Total[], words: DocumentWords): string[] {
  if (totals.length === 0) return [words.noTotal];
  return totals.map(({ currency, balance, available, atLeast }) => {
    const least = atLeast ? '≥ ' : '';
    const sum = (amount: string): string => `${least}${printedAmount(amount, currency)}`;
    return `${sum(balance)}（${words.available} ${sum(available)}）`;
  });
}

const coverageWidths = [20, 12, 14, 10, 34, 14, 16, 16, 16] as const;
const sheetOnly = new Set([3, 5, 7, 8]);

function coverageTable(
  lines: readonly CoverageLine[],
  words: DocumentWords,
  locale: DocumentWanted['locale'],
): DocumentTable {
  const language = locale === 'en' ? 'en' : 'zh';
  return {
    title: words.labels.coverage,
    columns: words.coverage.map((title, at) => ({
      ...{ title, width: coverageWidths[at] ?? 12 },
      ...(sheetOnly.has(at) && { sheetOnly: true as const }),
    })),
    rows: lines.map((line): DocumentCell[] => [
      text(line.agencyName),
      text(codeWords[locale].categories[line.category]),
      { is: 'verdict', verdict: line.verdict, text: words.verdicts[line.verdict] },
      text(line.verdict),
      text(wordsOfLine(line)[language]),
      text(line.reason ?? line.notAskedCause ?? ''),
      text(line.answeredAt === null ? '' : timeText(line.answeredAt)),
      text(line.dueAt === null ? '' : timeText(line.dueAt)),
      text(line.category),
    ]),
  };
}

function rolesTable({ roles }: ShownReport, { words, locale, agencies }: Telling): DocumentTable[] {
  if (roles === null || roles.length === 0) return [];
  const columns = words.roles.columns.map((title) => ({ title, width: 20 }));
  const rows = roles.map(({ companyName, companyUscc, role, asOf, agencyId }) => [
    text(companyName),
    textOr(companyUscc, words.missing),
    text(codeWords[locale].roles[role]),
    textOr(asOf && timeText(asOf), words.notStated),
    text(agencies.get(agencyId) ?? agencyId),
  ]);
  return [{ title: words.roles.title, columns, rows }];
}

function notesOf({ shown, masked, leftOut }: MaskedReport, words: DocumentWords, language: 'zh' | 'en'): string[] {
  const { simulated, summary } = shown;
  return [
    ...(simulated ? [words.simulatedNote] : []),
    ...summary.notes.map((note) => note[language]),
    words.numbersNote,
    ...leftOut.map((section) => words.leftOut[section]),
    ...(masked.length > 0 ? [words.masked] : []),
  ];
}
