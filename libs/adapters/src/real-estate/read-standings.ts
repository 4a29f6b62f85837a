import { understandEach } from '#adapter-kit';
import { unknownEncumbrance, type Encumbrance } from '#contracts';
import { readMortgage, readNotice, readObjection, readSeal, type Standing } from './encumbrances.ts';
import { filled } from './holders.ts';
import type { AllLists } from './lists.ts';
import type { RightsRead } from './read-rights.ts';
import type { RealEstate } from './rights.ts';
import { rankSeals } from './seal-rank.ts';
import type { ReadingSettings } from './settings.ts';
import { mortgageRowSchema, objectionRowSchema, sealRowSchema, unwantedMortgageTags, type RightRow } from './wire.ts';

/** Encumbrances of an answer, still apart from the rights they stand on. */
export interface StandingsRead {
  readonly all: readonly Standing[];
  readonly contacts: ReadonlyMap<Standing, number>; // the mortgagee's number and contact, left out
  readonly unreadable: number; // rows that could not be read, or name no unit
  readonly delivered: boolean; // mortgages, seals and notices were all delivered, so that none means none
}

export function readStandings(
  lists: AllLists,
  rights: readonly RightsRead[],
  settings: ReadingSettings,
): StandingsRead {
  const mortgages = understandEach(mortgageRowSchema, lists.dyaq.rows);
  const seals = understandEach(sealRowSchema, lists.cfdj.rows);
  const objections = understandEach(objectionRowSchema, lists.yydj.rows);
  const mortgaged = mortgages.read.map(({ tags }) => ({ tags, standing: readMortgage(tags, settings) }));
  const notices = rights.flatMap((each) => each.notices.map(({ row, holders }) => readNotice(row, holders)));
  const all = [
    ...mortgaged.map(({ standing }) => standing),
    ...seals.read.map(({ tags }) => readSeal(tags, settings)),
    ...objections.read.map(({ tags }) => readObjection(tags)),
    ...notices,
  ];
  const withoutUnit = all.filter(({ unit, notice }) => unit === null && notice === null).length;
  return {
    all,
    contacts: new Map(mortgaged.map(({ tags, standing }) => [standing, filled(tags, unwantedMortgageTags)])),
    unreadable: mortgages.unreadable + seals.unreadable + objections.unreadable + withoutUnit,
    delivered:
      [lists.dyaq, lists.cfdj, lists.ygdj].every(({ missing }) => missing === null) &&
      lists.yydj.missing !== 'unintelligible',
  };
}

/** The asset with what stands on its unit, and which of the answer's encumbrances that were. */
export function attach(
  { row, asset }: { readonly row: RightRow; readonly asset: RealEstate },
  standings: StandingsRead,
): { readonly asset: RealEstate; readonly used: readonly Standing[] } {
  const used = standings.all.filter(({ unit, notice }) => unit !== null && unit === asset.unitCode && notice !== row);
  const seals = used.filter(({ encumbrance }) => isSeal(encumbrance));
  const others = used.filter(({ encumbrance }) => !isSeal(encumbrance));
  const isWhole = standings.delivered && standings.unreadable === 0;
  const listed = [...others.map(({ encumbrance }) => encumbrance), ...rankSeals(seals, isWhole)];
  const encumbrances = [...listed, ...generics(asset, listed)];
  const saysNone = isWhole && asset.unitCode !== null;
  return {
    asset: {
      ...asset,
      encumbrances: encumbrances.length > 0 || saysNone ? encumbrances : null,
      warnings: [...asset.warnings, ...used.flatMap(({ warnings }) => warnings)],
    },
    used,
  };
}

const notSeals: ReadonlySet<Encumbrance['kind']> = new Set(['mortgage', 'advance-notice', 'objection']);

export function isSeal({ kind }: Encumbrance): boolean {
  return !notSeals.has(kind);
}

/** A flag without a row that is still in force says that there is one, and nothing about it. */
function generics({ mortgagedFlag, seizedFlag }: RealEstate, listed: readonly Encumbrance[]): Encumbrance[] {
  const live = listed.filter(({ inForce }) => inForce !== false);
  const isMortgaged = mortgagedFlag === true && !live.some(({ kind }) => kind === 'mortgage');
  const isSealed = seizedFlag === true && !live.some(isSeal);
  return [
    ...(isMortgaged ? [{ ...unknownEncumbrance, kind: 'mortgage' as const }] : []),
    ...(isSealed ? [{ ...unknownEncumbrance, kind: 'seizure' as const }] : []),
  ];
}
