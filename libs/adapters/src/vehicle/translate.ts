import { found, noAnswer, nothing, section } from '#adapter-kit';
import type { Debtor, Reason, Said, SaidNoAnswer, Section } from '#contracts';
import type { SealsRead } from './seals.ts';
import type { VehicleSettings } from './settings.ts';
import { encumbrancesOfLetters, type Vehicle } from './statuses.ts';
import { readVehicle } from './vehicles.ts';
import type { Reply, Row } from './wire.ts';

/** A vehicle of the debtor, or a candidate by name, with the row it came in. */
export interface Owned {
  readonly vehicle: Vehicle;
  readonly row: Row;
}

/** Vehicles of a good reply; their seals are asked before they become an answer. */
export interface Garage {
  readonly owned: readonly Owned[];
  readonly whole: boolean;
  readonly unreadable: number;
  readonly foreign: number;
}

/** The outer state: null where the code is good and the rows may be read (vehicle.md, verdicts). */
export function failureOf({ code, message }: Reply, settings: VehicleSettings): SaidNoAnswer | null {
  if (code === '1') return null;
  const words = { reasonCode: code.slice(0, 60), reasonText: message };
  if (settings.credentialTexts.some((text) => message?.includes(text))) return noAnswer('unauthorized', words);
  const declared = Object.hasOwn(settings.codeReasons, code) ? settings.codeReasons[code] : undefined;
  return noAnswer(declared ?? 'unavailable', words);
}

/** A reply with code 1: vehicles to go on with, or an answer that is already final. */
export function readGarage(reply: Reply, debtor: Debtor, settings: VehicleSettings): Garage | Said {
  const { rows, rowCount, hasBody, unreadable } = reply;
  const total = rows.length + unreadable;
  if (total === 0) return emptyReply(rowCount, hasBody, settings);
  const read = rows.map((row) => readVehicle(row, debtor, settings));
  const owned = read.filter((each) => each !== 'other-person' && each !== 'unreadable');
  const garage: Garage = {
    owned,
    whole: rowCount === null || rowCount === total,
    unreadable: unreadable + read.filter((each) => each === 'unreadable').length,
    foreign: read.filter((each) => each === 'other-person').length,
  };
  return owned.length > 0 ? garage : noAnswer(whyNone(garage), { sections: [section('seals', 'not-asked')] });
}

function emptyReply(rowCount: number | null, hasBody: boolean, { emptyBodyMeansNothing }: VehicleSettings): Said {
  const sections = [section('vehicles', 'nothing'), section('seals', 'not-asked')];
  if (!hasBody) return noAnswer('unintelligible');
  if (rowCount === 0) return nothing({ signal: 'code-1-rownum-0', sections });
  if (rowCount !== null) return noAnswer('incomplete');
  return emptyBodyMeansNothing ? nothing({ signal: 'code-1-empty-body', sections }) : noAnswer('unintelligible');
}

/** Rows, but none that is the debtor's: nobody said "nothing". */
function whyNone({ whole, foreign, unreadable }: Garage): Reason {
  if (!whole || (foreign > 0 && unreadable > 0)) return 'incomplete';
  return foreign > 0 ? 'identity-mismatch' : 'unintelligible';
}

/** The vehicles with their seals. `null` seals: not asked of this vehicle. */
export function toSaid({ owned, whole, unreadable, foreign }: Garage, reads: readonly (SealsRead | null)[]): Said {
  const seals = reads.flatMap((read) => (read !== null && 'seals' in read ? [read] : []));
  const lost = seals.reduce((sum, each) => sum + each.unreadable, 0);
  return found({
    assets: owned.map(({ vehicle }, index) => withSeals(vehicle, reads[index] ?? null)),
    sections: [section('vehicles', 'found'), sealsSection(reads)],
    complete: whole && seals.every((each) => each.whole),
    dropped: { unreadable: unreadable + lost, minimised: foreign },
  });
}

function withSeals(vehicle: Vehicle, read: SealsRead | null): Vehicle {
  if (read !== null && 'missing' in read) return vehicle; // unknown: a report must not say "no seals"
  const seals = read?.seals ?? [];
  const encumbrances = [...seals, ...encumbrancesOfLetters(vehicle.statusCodes, seals)];
  return {
    ...vehicle,
    encumbrances: encumbrances.length > 0 || read?.whole === true ? encumbrances : null,
    warnings: [...vehicle.warnings, ...(read?.warnings ?? [])],
  };
}

function sealsSection(reads: readonly (SealsRead | null)[]): Section {
  const asked = reads.filter((each) => each !== null);
  if (asked.length === 0) return section('seals', 'not-asked');
  const missing = asked.find((each) => 'missing' in each);
  if (missing) return section('seals', 'no-answer', missing.missing);
  const hasSeals = asked.some((each) => 'seals' in each && each.seals.length > 0);
  const isWhole = asked.every((each) => 'seals' in each && each.whole);
  if (hasSeals) return section('seals', 'found');
  return isWhole ? section('seals', 'nothing') : section('seals', 'no-answer', 'unintelligible');
}
