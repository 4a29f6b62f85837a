import {
  describeIdentifier,
  identifierSchema,
  normaliseCaseNumber,
  type RowScope,
  type SearchedBy,
  type SearchHit,
  type SearchView,
} from '#contracts';
import type { CaseSearch } from '#store';
import { namedBy } from './named-by.ts';

const mostHits = 20;
/** Newest cases in whose numbers a part is looked for. */
const casesByPart = 2_000;
/** Newest cases whose debtors are opened to compare a name or the end of a number. */
const casesOpened = 200;

const inquiryInside = /inq_[0-9A-Za-z-]{1,64}/; // an inquiry's id stands in the ids of its jobs
const lastFour = /^\d{3}[\dXx]$/;
const wholeNumber = /^[0-9A-Za-z()（）-]{6,30}$/;
const nameLike = /[\p{Script=Han}a-z]{2}/iu;

interface Way {
  readonly said: SearchView['searched'][number];
  readonly look: () => Promise<readonly Omit<SearchHit, 'by'>[]>;
}

/** Every way that fits what was typed, one after another until there are enough. */
export async function searchCases(search: CaseSearch, rows: RowScope, typed: string): Promise<SearchView> {
  const items: SearchHit[] = [];
  const searched: SearchView['searched'] = [];
  for (const { said, look } of waysOf(search, rows, typed)) {
    if (items.length > mostHits) break;
    const hits = await look();
    searched.push(said);
    items.push(
      ...hits.filter((hit) => !items.some((each) => isSame(each, hit))).map((hit) => ({ by: said.by, ...hit })),
    );
  }
  return { items: items.slice(0, mostHits), isCut: items.length > mostHits, searched };
}

const isSame = (one: SearchHit, other: Omit<SearchHit, 'by'>): boolean =>
  one.caseId === other.caseId && one.inquiryId === other.inquiryId && one.debtor?.debtorId === other.debtor?.debtorId;

function waysOf(search: CaseSearch, rows: RowScope, typed: string): readonly Way[] {
  const asked = { rows, limit: mostHits + 1 };
  const [inquiryId] = inquiryInside.exec(typed) ?? [];
  if (inquiryId !== undefined) return [way('inquiry', null, () => search.byInquiry({ ...asked, inquiryId }))];
  const number = normaliseCaseNumber(typed);
  const identifiers = wholeNumber.test(typed) ? identifiersIn(typed) : [];
  const byDebtor = (isMeant: Parameters<CaseSearch['byDebtor']>[0]['isMeant']) =>
    search.byDebtor({ ...asked, within: casesOpened, isMeant });
  return [
    ...(number === ''
      ? []
      : [way('case-number', casesByPart, () => search.byNumber({ ...asked, number, within: casesByPart }))]),
    ...(wholeNumber.test(typed)
      ? [
          way('identifier', null, () => search.byIdentifiers({ ...asked, identifiers })),
          way('request-number', null, () => search.byRequestNumber({ ...asked, number: typed })),
        ]
      : []),
    ...(lastFour.test(typed)
      ? [
          way('last-four', casesOpened, () =>
            byDebtor(({ numbers }) => numbers.some((each) => each.endsWith(typed.toUpperCase()))),
          ),
        ]
      : []),
    ...(nameLike.test(typed) && !/\d/.test(typed) ? [way('name', casesOpened, () => byDebtor(namedBy(typed)))] : []),
  ];
}

const way = (by: SearchedBy, cases: number | null, look: Way['look']): Way => ({
  said: { by, within: by === 'request-number' ? 'mailboxes' : cases === null ? 'all' : 'newest', cases },
  look,
});

/** The same digits may be a number of several types; each has a blind index of its own. */
const identifiersIn = (typed: string) =>
  identifierSchema.shape.type.options.flatMap((type) => {
    const description = describeIdentifier({ type, number: typed, country: null, issuer: null });
    return description.outcome === 'accepted' ? [{ type, normalised: description.identifier.normalised }] : [];
  });
