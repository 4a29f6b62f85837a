import type { Counts, Note } from '#contracts';

/** What the suffixes of the sentence are made of. */
export interface NoteFigures {
  readonly counts: Counts;
  readonly inReview: number; // name-only matches that wait for two persons
  readonly notAdded: number; // items in foreign currency or valuations
  readonly late: number; // agencies that answered after their due time
}

/** The suffixes of the sentence that apply, in the order of domain.md §6.3; lateness comes last. */
export function notesOf({ counts, inReview, notAdded, late }: NoteFigures): Note[] {
  const all: readonly (Note & { readonly applies: number })[] = [
    {
      applies: counts.incomplete,
      code: 'incomplete',
      zh: `其中 ${counts.incomplete} 家反馈不完整。`,
      en: `${counts.incomplete} of the answers ${be(counts.incomplete)} incomplete.`,
    },
    {
      applies: inReview,
      code: 'in-review',
      zh: `${inReview} 条财产待核实身份，未计入合计。`,
      en: `${inReview} ${inReview === 1 ? 'asset awaits' : 'assets await'} identity review and ${be(inReview)} not in the total.`,
    },
    {
      applies: counts.notAsked,
      code: 'not-asked',
      zh: `另有 ${counts.notAsked} 家不在本次查询范围。`,
      en: `${counts.notAsked} ${counts.notAsked === 1 ? 'agency was' : 'agencies were'} not asked.`,
    },
    {
      applies: notAdded,
      code: 'not-added',
      zh: `含 ${notAdded} 项外币或估值，未折算计入。`,
      en: `${notAdded} ${notAdded === 1 ? 'item' : 'items'} in foreign currency or valuations ${be(notAdded)} not added.`,
    },
    {
      applies: late,
      code: 'late',
      zh: `其中 ${late} 家逾期后反馈。`,
      en: `${late} answered after the due time.`,
    },
  ];
  return all.filter(({ applies }) => applies > 0).map(({ code, zh, en }) => ({ code, zh, en }));
}

const be = (count: number): string => (count === 1 ? 'is' : 'are');
