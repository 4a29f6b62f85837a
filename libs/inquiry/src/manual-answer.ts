import {
  type Category,
  manualCategories,
  type ManualCategory,
  type ManualForm,
  minimisedAsset,
  noAnswerSaid,
  nothingDropped,
  type NewStatement,
  type ProblemItem,
  type Said,
  type SaidNoAnswer,
  type Section,
} from '#contracts';

export interface ManualTaskFacts {
  readonly category: Category;
  readonly documents: number; // enclosed and found
}

export type ManualReading = { readonly said: Said } | { readonly problems: readonly ProblemItem[] };

/**
 * What a clerk's form says (人工反馈). `nothing` only by the explicit statement, about the checked identity, with a document
 * behind it (domain.md §5.5 R2); whatever lacks for that is a problem to be mended, never a weaker guess.
 */
export function readManualForm(form: ManualForm, { category, documents }: ManualTaskFacts): ManualReading {
  const entry = manualCategories.find((each) => each.category === category);
  if (!entry) return { problems: [notByHand] };
  if (form.statement === 'cannot-answer') {
    const { reason, reasonText, contactName, contactPhone } = form;
    return { said: noAnswerSaid(reason, { reasonText, contactName, contactPhone }) };
  }
  const problems = [
    ...(form.checkedNameAndNumber ? [] : [notChecked]),
    ...(form.statement === 'no-record' && documents === 0 ? [noDocument] : []),
    ...(form.statement === 'assets' ? strangers(form, entry) : []),
  ];
  if (problems.length > 0) return { problems };
  return {
    said: form.statement === 'assets' ? foundSaid(form, entry, documents) : nothingSaid(form, entry, documents),
  };
}

/** What an agency wrote or told the court without answering. */
export const saidOfStatement = (statement: NewStatement): SaidNoAnswer => {
  const { reasonText, contactName, contactPhone, receivedOn } = statement;
  return noAnswerSaid(statement.statement, { reasonText, contactName, contactPhone, receivedOn });
};

const notByHand: ProblemItem = {
  pointer: '/statement',
  code: 'category-not-by-hand',
  detail: 'Agencies of this category cannot be answered for by hand.',
  fix: 'Leave the task; tell the operators.',
};
const notChecked: ProblemItem = {
  pointer: '/checkedNameAndNumber',
  code: 'identity-not-checked',
  detail: 'Without comparing name and number nobody knows whose register entry this is.',
  fix: 'Compare both with the asking and set it to true, or state `cannot-answer` with `identity-mismatch` or `ambiguous`.',
};
const noDocument: ProblemItem = {
  pointer: '/fileIds',
  code: 'document-missing',
  detail: 'That there is no record must be proved by a document of the agency.',
  fix: 'Upload it with POST /api/v1/files and name its id here.',
};

type Assets = Extract<ManualForm, { statement: 'assets' }>;

const strangers = ({ assets }: Assets, { assetKind }: ManualCategory): ProblemItem[] =>
  assets
    .flatMap(({ kind }, index) => (kind === assetKind ? [] : [index]))
    .slice(0, 100)
    .map((index) => ({
      pointer: `/assets/${index}/kind`,
      code: 'asset-kind',
      detail: `Agencies of this category answer with assets of the kind ${assetKind}.`,
      fix: `Enter it as ${assetKind}, or leave it out.`,
    }));

const around = ({ asOf }: { readonly asOf: string | null }, documents: number) =>
  ({
    asOf,
    asOfKind: asOf === null ? null : 'register-date',
    dropped: nothingDropped,
    signatureStatus: documents > 0 ? 'not-checked' : 'absent',
    part: 'main',
    identityMatched: true,
  }) as const;

function nothingSaid(form: { readonly asOf: string | null }, { existence }: ManualCategory, documents: number): Said {
  const sections = existence.map((name): Section => ({ name, verdict: 'nothing', reason: null }));
  const signal = 'manual-no-record';
  return { verdict: 'nothing', ...around(form, documents), sections, complete: true, signal, assets: [] };
}

function foundSaid(form: Assets, { existence }: ManualCategory, documents: number): Said {
  const { complete } = form;
  const cut = form.assets.map(minimisedAsset);
  const assets = cut.map(({ asset }) => asset);
  const minimised = cut.reduce((sum, { count }) => sum + count, 0);
  const named = new Set<string>(assets.map((asset) => (asset.kind === 'real-estate' ? asset.rightKind : '')));
  const sections = existence.map((name): Section => {
    if (existence.length === 1 || named.has(name)) return { name, verdict: 'found', reason: null };
    return complete ? { name, verdict: 'nothing', reason: null } : { name, verdict: 'no-answer', reason: 'incomplete' };
  });
  const dropped = { ...nothingDropped, minimised };
  return { verdict: 'found', ...around(form, documents), dropped, sections, complete, assets };
}
