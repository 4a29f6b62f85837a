import { describeArea, type Agency } from '#contracts';
import type { Draws, NonEmpty } from '../random.ts';
import { withVinCheck } from './check-characters.ts';
import { dayBetween, yearsLater } from './dates.ts';

/** A seal of a vehicle (机动车查封): several at once, one after the other. */
export interface Seal {
  readonly sequence: string;
  readonly inForce: boolean;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** A vehicle (机动车) as the bureau has it. `statuses` are letters, several joined. */
export interface Vehicle {
  readonly plateNumber: string;
  readonly plateClass: '01' | '02' | '52';
  readonly vin: string;
  readonly engineNumber: string;
  readonly brand: string;
  readonly model: string;
  readonly colour: string;
  readonly firstRegisteredOn: string;
  readonly inspectionValidTo: string;
  readonly statuses: string;
  readonly seals: readonly Seal[];
}

export interface VehiclesWanted {
  readonly draws: Draws;
  readonly agency: Agency;
  readonly kind: 'natural' | 'legal';
  readonly count: number;
  readonly shape: 'normal' | 'rich' | 'joined-letters' | 'sealed';
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const vinCharacters = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const plateCharacters = `${letters}0123456789`;
const statuses: NonEmpty<string> = ['A', 'A', 'A', 'A', 'A', 'AQ', 'G', 'K', 'GK', 'AK', 'L', 'Q'];
const joined: NonEmpty<string> = ['GK', 'AQ', 'GKZ'];

const text = (draws: Draws, alphabet: string, count: number): string =>
  Array.from({ length: count }, () => alphabet.charAt(draws.below(alphabet.length))).join('');

/** The vehicles of one debtor at one bureau, with plates of its region and VINs of a maker that does not exist. */
export function vehiclesOf(wanted: VehiclesWanted): readonly Vehicle[] {
  return Array.from({ length: wanted.count }, () => vehicleAt(wanted));
}

function vehicleAt({ draws, agency, kind, shape }: VehiclesWanted): Vehicle {
  const plateClass = draws.chance(0.15) ? '52' : kind === 'legal' && draws.chance(0.4) ? '01' : '02';
  const firstRegisteredOn = dayBetween(draws, 2012, 2024);
  const zt = shape === 'joined-letters' ? draws.pick(joined) : shape === 'sealed' ? 'GK' : draws.pick(statuses);
  return {
    plateNumber: plateAt(draws, agency, plateClass),
    plateClass,
    vin: withVinCheck(`LTEST${text(draws, vinCharacters, 3)}0${text(draws, vinCharacters, 2)}${draws.digits(6)}`),
    engineNumber: `E${draws.digits(7)}`,
    brand: '示例牌',
    model: `TEST${draws.digits(4)}`,
    colour: draws.pick(['A', 'B', 'C', 'J']),
    firstRegisteredOn,
    inspectionValidTo: yearsLater(firstRegisteredOn, 14),
    statuses: zt,
    seals: zt.includes('K') ? sealsAt(draws, shape === 'sealed') : [],
  };
}

function plateAt(draws: Draws, agency: Agency, plateClass: Vehicle['plateClass']): string {
  const province = describeArea(agency.region ?? '').province?.plateCharacter ?? '京';
  const head = province + text(draws, letters, 1);
  if (plateClass === '52') return `${head}D${text(draws, plateCharacters, 1)}${draws.digits(4)}`;
  return head + text(draws, plateCharacters, 5);
}

function sealsAt(draws: Draws, withHistory: boolean): readonly Seal[] {
  const startsOn = dayBetween(draws, 2025, 2025);
  const current: Seal = { sequence: '1', inForce: true, startsOn, endsOn: yearsLater(startsOn, 2) };
  if (!withHistory && draws.chance(0.7)) return [current];
  const before = dayBetween(draws, 2019, 2021);
  return [current, { sequence: '2', inForce: false, startsOn: before, endsOn: yearsLater(before, 2) }];
}
