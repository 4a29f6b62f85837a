import { found, noAnswer, nothing, section } from '#adapter-kit';
import { sectionNames, type Debtor, type Dropped, type Reason, type Said, type Section } from '#contracts';
import type { Standing } from './encumbrances.ts';
import { hasNine, rightLists, type AllLists, type List } from './lists.ts';
import { readRights, type RightsRead } from './read-rights.ts';
import { attach, isSeal, readStandings, type StandingsRead } from './read-standings.ts';
import type { ReadingSettings } from './settings.ts';

/** The lists of a complete or partial delivery, its outer state already found good. */
export interface Delivery {
  readonly lists: AllLists;
  readonly emptySignal: string | null; // what nine empty lists prove on this wire; null: nothing
}

interface Reading {
  readonly lists: AllLists;
  readonly rights: readonly RightsRead[];
  readonly standings: StandingsRead;
  readonly used: ReadonlySet<Standing>; // encumbrances on units of the debtor
  readonly hasAssets: boolean;
}

/** What a registry said about the debtor (real-estate.md, verdicts): whose rows they are before what they are. */
export function toSaid({ lists, emptySignal }: Delivery, debtor: Debtor, settings: ReadingSettings): Said {
  const rights = readRights(lists, debtor, settings);
  const standings = readStandings(lists, rights, settings);
  const attached = rights.flatMap(({ kept }) => kept).map((each) => attach(each, standings));
  const used = new Set(attached.flatMap((each) => each.used));
  const reading: Reading = { lists, rights, standings, used, hasAssets: attached.length > 0 };
  const sections = sectionsOf(reading);
  const isWhole = hasNine(lists) && Object.values(lists).every(({ missing }) => missing !== 'unintelligible');
  if (reading.hasAssets) {
    const assets = attached.map(({ asset }) => asset);
    return found({ assets, sections, complete: isWhole, dropped: droppedOf(reading) });
  }
  const isEmpty = Object.values(lists).every(({ rows }) => rows.length === 0);
  if (isEmpty && isWhole && emptySignal !== null) return nothing({ signal: emptySignal, sections });
  return noAnswer(isWhole ? whyNoAssets(rights) : 'incomplete', { sections });
}

/** The city's fail wrapper with the success code and the declared words: it names no list, so it speaks of all. */
export function saidByWords(signal: string): Said {
  const names = rightLists.flatMap(({ section: name }) => name ?? []);
  const sections = [...names, 'mortgage' as const, 'seizure' as const].map((name) => section(name, 'nothing'));
  return nothing({ signal, sections: inReportOrder(sections) });
}

/** Rows, but none that is the debtor's: nobody said "nothing". */
function whyNoAssets(rights: readonly RightsRead[]): Reason {
  const hasForeign = rights.some(({ foreign }) => foreign > 0);
  const hasUnreadable = rights.some(({ unreadable }) => unreadable > 0);
  if (hasForeign === hasUnreadable) return 'incomplete';
  return hasForeign ? 'identity-mismatch' : 'unintelligible';
}

function droppedOf({ rights, standings, used }: Reading): Partial<Dropped> {
  const ownNotices = new Set(rights.flatMap(({ kept }) => kept.map(({ row }) => row)));
  const foreign = standings.all.filter((each) => {
    const isOurs = used.has(each) || (each.notice !== null && ownNotices.has(each.notice));
    return !isOurs && (each.unit !== null || each.notice !== null);
  });
  const contacts = [...used].map((each) => standings.contacts.get(each) ?? 0);
  return {
    unreadable: sum(rights.map(({ unreadable }) => unreadable)) + standings.unreadable,
    minimised: sum(rights.map(({ minimised }) => minimised)) + foreign.length + sum(contacts),
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function sectionsOf(reading: Reading): Section[] {
  const ofRights = reading.rights.flatMap((read) =>
    read.list.section === null ? [] : [section(read.list.section, ...rightVerdict(read, reading))],
  );
  const mortgages = [...reading.used].filter(({ encumbrance }) => encumbrance.kind === 'mortgage');
  const seals = [...reading.used].filter(({ encumbrance }) => isSeal(encumbrance));
  return inReportOrder([
    ...ofRights,
    section('mortgage', ...detailVerdict(reading.lists.dyaq, mortgages, reading)),
    section('seizure', ...detailVerdict(reading.lists.cfdj, seals, reading)),
  ]);
}

type Verdict = readonly [Section['verdict'], Reason?];

function rightVerdict({ list, kept, notices, foreign, unreadable }: RightsRead, reading: Reading): Verdict {
  const weighs = notices.some(({ row }) => [...reading.used].some(({ notice }) => notice === row));
  if (kept.length > 0 || weighs) return ['found'];
  const { missing } = reading.lists[list.name];
  if (missing !== null) return ['no-answer', missing];
  if (unreadable > 0) return ['no-answer', 'unintelligible'];
  // Beside an asset, a notice of others on a unit of others is like their mortgage: none on the debtor's.
  const isBeside = notices.length > 0 && reading.hasAssets;
  return foreign > 0 && !isBeside ? ['no-answer', 'identity-mismatch'] : ['nothing'];
}

function detailVerdict({ rows, missing }: List, used: readonly Standing[], reading: Reading): Verdict {
  if (used.length > 0) return ['found'];
  if (missing !== null) return ['no-answer', missing];
  if (rows.length === 0) return ['nothing'];
  if (reading.standings.unreadable > 0) return ['no-answer', 'unintelligible'];
  return reading.hasAssets ? ['nothing'] : ['no-answer', 'incomplete']; // on other people's units
}

function inReportOrder(sections: readonly Section[]): Section[] {
  return sections.toSorted((a, b) => sectionNames.indexOf(a.name) - sectionNames.indexOf(b.name));
}
