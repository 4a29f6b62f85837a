import { describeArea, type Agency } from '#contracts';
import type { Draws, NonEmpty } from '../random.ts';
import { centsBetween, written } from './cents.ts';
import { dayBetween, yearsLater } from './dates.ts';
import { thirdPartyId, thirdPartyName } from './person.ts';

export type RightKind = 'house' | 'land-use' | 'structure' | 'forest' | 'sea-use';

/** A holder (权利人), the debtor or a third party. */
export interface Owner {
  readonly name: string;
  readonly idNumber: string;
  readonly isDebtor: boolean;
  /** In lowest terms, such as 1/2; null where the holders have no shares. */
  readonly share: string | null;
}

export interface Mortgage {
  readonly holderName: string;
  readonly certificateNo: string;
  /** As the register writes it; its unit is the registry's own affair. */
  readonly amount: string;
  readonly from: string;
  readonly to: string;
}

/** A seal (查封). `place` is its place in the queue, 1 in force. */
export interface Seizure {
  readonly kind: 'seizure' | 'waiting-seizure' | 'advance-seizure';
  readonly authority: string;
  readonly documentNumber: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly place: number;
}

/** A right to real estate (不动产权利) as the register has it. Areas in m². */
export interface RealEstateUnit {
  readonly rightKind: RightKind;
  readonly unitCode: string;
  readonly certificateNo: string;
  readonly location: string;
  readonly areaCode: string;
  readonly registryOffice: string;
  readonly area: string;
  readonly registeredOn: string;
  readonly businessNo: string;
  readonly mode: 'sole' | 'joint' | 'by-shares';
  readonly owners: readonly [Owner, ...Owner[]];
  readonly mortgages: readonly Mortgage[];
  readonly seizures: readonly Seizure[];
}

export interface UnitsWanted {
  readonly draws: Draws;
  readonly agency: Agency;
  readonly debtor: { readonly name: string; readonly idNumber: string };
  readonly count: number;
  readonly shape: 'normal' | 'rich' | 'co-owners' | 'sealed';
}

const rightKinds: NonEmpty<RightKind> = [
  'house',
  'house',
  'house',
  'house',
  'house',
  'land-use',
  'structure',
  'forest',
  'sea-use',
];
const modes: NonEmpty<RealEstateUnit['mode']> = ['sole', 'sole', 'sole', 'joint', 'by-shares'];
const fixtures: Record<RightKind, string> = {
  house: 'F',
  'land-use': 'W',
  structure: 'F',
  forest: 'L',
  'sea-use': 'W',
};
const courts: NonEmpty<string> = ['另一人民法院', '某县人民法院', '某市中级人民法院'];

/** The rights of one debtor in one register, every unit the register's and the debtor's own. */
export function unitsOf(wanted: UnitsWanted): readonly RealEstateUnit[] {
  return Array.from({ length: wanted.count }, (_, place) => unitAt(wanted, place));
}

function unitAt(wanted: UnitsWanted, place: number): RealEstateUnit {
  const { draws, agency, shape } = wanted;
  const rightKind = place === 0 ? 'house' : draws.pick(rightKinds);
  const areaCode = `9901${draws.digits(2)}`;
  const parcel = rightKind === 'sea-use' ? 'GH' : 'GB';
  const unitCode = `${areaCode}${draws.digits(6)}${parcel}${draws.digits(5)}${fixtures[rightKind]}${draws.digits(8)}`;
  const province = describeArea(agency.region ?? '').province?.caseCharacter ?? '示';
  const registeredOn = dayBetween(draws, 2008, 2023);
  const year = registeredOn.slice(0, 4);
  const mortgages = shape === 'rich' || draws.chance(0.4) ? [mortgageAt(draws, `${province}（${year}）`)] : [];
  const isSealed = shape === 'rich' || shape === 'sealed' || draws.chance(0.25);
  return {
    rightKind,
    unitCode,
    certificateNo: `${province}（${year}）示例市不动产权第${draws.digits(7)}号`,
    location: `示例市示例路${draws.below(900) + 1}号院${draws.below(30) + 1}号楼${draws.below(2_000) + 101}室`,
    areaCode,
    registryOffice: `${agency.nameZh}登记处`,
    area: written(4_000 + draws.below(20_000)),
    registeredOn,
    businessNo: draws.digits(12),
    ...ownersAt(wanted, unitCode),
    mortgages,
    seizures: isSealed ? seizuresAt(draws) : [],
  };
}

function ownersAt(wanted: UnitsWanted, unitCode: string): Pick<RealEstateUnit, 'mode' | 'owners'> {
  const { draws, shape } = wanted;
  const mode = shape === 'co-owners' ? 'by-shares' : draws.pick(modes);
  const { name, idNumber } = wanted.debtor;
  const share = mode === 'by-shares' ? draws.pick(['1/2', '1/3', '1/4']) : null;
  const debtor: Owner = { name, idNumber, isDebtor: true, share };
  if (mode === 'sole') return { mode, owners: [debtor] };
  const rest = share === null ? null : share === '1/2' ? '1/2' : share === '1/3' ? '2/3' : '3/4';
  const other: Owner = {
    name: thirdPartyName('owner', unitCode),
    idNumber: thirdPartyId('owner', unitCode),
    isDebtor: false,
    share: rest,
  };
  return { mode, owners: draws.chance(0.5) ? [debtor, other] : [other, debtor] };
}

function mortgageAt(draws: Draws, head: string): Mortgage {
  const from = dayBetween(draws, 2015, 2023);
  return {
    holderName: draws.pick(['示例银行', '示例农村信用社', '示例公积金中心']),
    certificateNo: `${head}示例市不动产证明第${draws.digits(7)}号`,
    amount: written(centsBetween(draws, 10, 900)),
    from,
    to: yearsLater(from, 5 + draws.below(26)),
  };
}

/** The first one in force, the others waiting behind it. */
function seizuresAt(draws: Draws): readonly Seizure[] {
  const first = dayBetween(draws, 2024, 2024);
  return Array.from({ length: 1 + draws.below(3) }, (_, place) => {
    const startsOn = place === 0 ? first : dayBetween(draws, 2025, 2025);
    return {
      kind: place === 0 ? 'seizure' : 'waiting-seizure',
      authority: draws.pick(courts),
      documentNumber: `（${startsOn.slice(0, 4)}）示99${draws.digits(2)}执${draws.below(9_000) + 1}号`,
      startsOn,
      endsOn: yearsLater(startsOn, 3),
      place: place + 1,
    };
  });
}
