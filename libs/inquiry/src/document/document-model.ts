import type { Verdict } from '#contracts';

/** One cell. Unknown is a cell of its own: it is never printed as 0 and never as nothing. */
export type DocumentCell =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'amount'; readonly amount: string }
  | { readonly is: 'missing'; readonly text: string }
  | { readonly is: 'verdict'; readonly verdict: Verdict; readonly text: string };

export interface DocumentTable {
  readonly title: string;
  readonly columns: readonly DocumentColumn[];
  readonly rows: readonly (readonly DocumentCell[])[];
}

export interface DocumentColumn {
  readonly title: string;
  /** Share of the width, beside those of the other columns. */
  readonly width: number;
  /** Codes for machines: in sheets, not on paper. */
  readonly sheetOnly?: true;
}

/** One version of a report as paper and sheets show it: made once, so that their words and numbers cannot differ. */
export interface DocumentModel {
  readonly locale: 'zh-CN' | 'en';
  readonly title: string;
  readonly sentence: string;
  /** The sentence on every page, unless all agencies have answered. */
  readonly partial: string | null;
  /** Across every page: the report holds simulated answers, or is a draft. */
  readonly mark: string | null;
  readonly head: readonly (readonly [label: string, value: string])[];
  readonly totals: readonly string[];
  readonly coverage: DocumentTable | null; // null: left out on request, which the notes say
  readonly tables: readonly DocumentTable[];
  readonly notes: readonly string[];
  readonly caseNumber: string;
  readonly version: string;
  readonly code: string;
  /** Report id, version and full hash, for whoever checks the paper. */
  readonly qr: string;
  readonly watermark: string;
  readonly words: DocumentLabels;
}

/** Words that the renderers themselves need. */
export interface DocumentLabels {
  readonly page: string; // with {page} and {pages}
  readonly coverage: string;
  readonly notes: string;
  readonly totals: string;
  readonly remark: string;
  readonly glyphs: string; // stands before the characters that no font has
}
