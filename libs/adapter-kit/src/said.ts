import { NoAnswer, noAnswerSaid, nothingDropped } from '#contracts';
import type { Dropped, FoundAsset, SaidFound, SaidNothing, Section, SectionName } from '#contracts';

/** What may be left out: an agency that does not date its answer said nothing about its date (domain.md R6). */
interface Details {
  readonly sections: readonly Section[];
  readonly dropped?: Partial<Dropped>;
  readonly asOf?: string | null;
  readonly asOfKind?: SaidFound['asOfKind'];
  readonly signatureStatus?: SaidFound['signatureStatus']; // `absent` where the profile signs nothing
  readonly part?: SaidFound['part'];
}

interface FoundDetails extends Details {
  readonly assets: readonly FoundAsset[];
  readonly complete?: boolean;
}

interface NothingDetails extends Details {
  readonly signal: string;
}

/** Sections that can hold an asset; the others describe assets (domain.md §5.6). */
const existenceSections: ReadonlySet<SectionName> = new Set([
  'accounts',
  'holdings',
  'land-ownership',
  'land-use',
  'house',
  'sea-use',
  'structure',
  'forest',
  'vehicles',
  'positions',
  'policies',
  'shares',
  'roles',
]);

/**
 * At least one asset was found. Complete unless a section has no answer or a row could not be read, or `complete` says
 * otherwise; `true` does not make it so.
 *
 * @throws RangeError without an asset: nobody found anything then
 */
export function found(details: FoundDetails): SaidFound {
  const { assets, complete = true } = details;
  if (assets.length === 0) throw new RangeError('found without an asset');
  const parts = partsOf(details);
  const isWhole = parts.dropped.unreadable === 0 && parts.sections.every(({ verdict }) => verdict !== 'no-answer');
  return { ...parts, verdict: 'found', identityMatched: true, complete: complete && isWhole, assets: [...assets] };
}

/**
 * The agency said, completely and about the matched debtor, that there is nothing. `signal` names the declared signal
 * that says so (WIRE-3).
 *
 * @throws NoAnswer incomplete if a section that could hold an asset is not explicitly empty, or a row was unreadable
 */
export function nothing({ signal, ...details }: NothingDetails): SaidNothing {
  const parts = partsOf(details);
  const existence = parts.sections.filter(
    ({ name, verdict }) => existenceSections.has(name) && verdict !== 'not-asked',
  );
  const isEmpty = existence.length > 0 && existence.every(({ verdict }) => verdict === 'nothing');
  if (!isEmpty || parts.dropped.unreadable > 0) {
    throw new NoAnswer('incomplete', 'not every section that was asked is explicitly empty');
  }
  return { ...parts, verdict: 'nothing', identityMatched: true, complete: true, signal, assets: [] };
}

/** The agency answered that it does not answer, or the answer shows it. */
export const noAnswer = noAnswerSaid;

function partsOf(details: Details) {
  const { sections, dropped, asOf = null, asOfKind = null, signatureStatus = 'absent', part = 'main' } = details;
  return { sections: [...sections], dropped: { ...nothingDropped, ...dropped }, asOf, asOfKind, signatureStatus, part };
}
