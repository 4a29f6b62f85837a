import { codeFrom, matchDebtor, readDate, type Read } from '#adapter-kit';
import { checkPlate, checkVin, maskIdentifier, type Debtor, type Match, type Warning } from '#contracts';
import type { VehicleSettings } from './settings.ts';
import { readStatuses, type Vehicle } from './statuses.ts';
import type { Row } from './wire.ts';

/** One row: the debtor's vehicle (or a candidate by name), somebody else's, or one that cannot be attributed. */
export type RowRead = { readonly vehicle: Vehicle; readonly row: Row } | 'other-person' | 'unreadable';

type PlateClass = NonNullable<Vehicle['plateClass']>['code'];

const plateClassLabels: Readonly<Record<PlateClass, { readonly zh: string; readonly en: string }>> = {
  large: { zh: '大型汽车', en: 'Large vehicle' },
  small: { zh: '小型汽车', en: 'Small vehicle' },
  trailer: { zh: '挂车', en: 'Trailer' },
  temporary: { zh: '临时行驶车', en: 'Temporary plate' },
  'new-energy-large': { zh: '大型新能源汽车', en: 'Large new-energy vehicle' },
  'new-energy-small': { zh: '小型新能源汽车', en: 'Small new-energy vehicle' },
  other: { zh: '其他', en: 'Other' },
};
const uses = { A: 'non-commercial' } as const;
const useLabels = { 'non-commercial': { zh: '非营运', en: 'Non-commercial' }, other: { zh: '其他', en: 'Other' } };
const ownerIdTypes = { A: 'citizen-id', B: 'org-code', C: 'military' } as const;
const ownerIdTypeLabels = {
  'citizen-id': { zh: '居民身份证', en: 'Resident identity card' },
  'org-code': { zh: '组织机构代码证书', en: 'Organisation code certificate' },
  military: { zh: '军官证', en: 'Officer card' },
  other: { zh: '其他', en: 'Other' },
};

/** What a bureau does not say, its date among it; encumbrances come with the seals. */
const unsaid = {
  agencyRecordId: null,
  asOf: null,
  asOfKind: null,
  disputed: null,
  encumbrances: null,
  coRights: null,
  remark: null,
};

/** Reads a `veh` row. Whose it is comes first: other people's vehicles are not read at all. */
export function readVehicle(row: Row, debtor: Debtor, settings: VehicleSettings): RowRead {
  const ownerName = row['syr'] ?? null;
  const ownerId = row['sfzmhm'] ?? null;
  if (ownerName === null && ownerId === null) return 'unreadable'; // nobody's, and nobody said whose
  const match = matchDebtor(debtor, { name: ownerName, idNumber: ownerId });
  if (match === 'other-person') return 'other-person';
  const plate = plateOf(row);
  if (plate === null) return 'unreadable'; // the contract knows no vehicle without a plate
  const warnings: Warning[] = [...plate.warnings, ...matchWarnings(match)];
  const keep: Keep = (read) => {
    warnings.push(...read.warnings);
    return read.value;
  };
  const vehicle: Vehicle = {
    kind: 'vehicle',
    plateNumber: plate.value,
    plateClass: codeFrom(settings.plateClassCodes, plateClassLabels, { code: row['hpzl'] ?? null }),
    ...vinOf(row['clsbdh'] ?? null, keep),
    ...technicalOf(row),
    ownerName: ownerName ?? debtor.name, // the number proves who it is; match.returnedName stays null
    ownerIdMasked: ownerId === null ? null : maskIdentifier(ownerId),
    ownerIdType: codeFrom(ownerIdTypes, ownerIdTypeLabels, { code: row['sfzmmc'] ?? null }),
    ...datesOf(row, keep),
    issuedBy: row['fzjg'] ?? null,
    office: row['glbm'] ?? null,
    statusCodes: readStatuses(row['zt']),
    mortgaged: settings.mortgageTag === null ? null : yesOrNo(row[settings.mortgageTag]),
    certificateNo: row['djzsbh'] ?? null,
    physicalControl: 'unknown', // a sealed vehicle is often not held
    ...unsaid,
    match,
    warnings,
  };
  return { vehicle, row };
}

type Keep = (read: Read<string>) => string | null;

function plateOf(row: Row): { readonly value: string; readonly warnings: readonly Warning[] } | null {
  const raw = row['hphm'] ?? row['hpzm'] ?? null;
  if (raw === null) return null;
  const check = checkPlate(raw);
  const isUsual = check.outcome === 'accepted' && check.problem === null;
  const value = check.outcome === 'accepted' ? check.normalised : raw;
  return { value, warnings: isUsual ? [] : [{ code: 'plate-format', path: 'plateNumber', raw }] };
}

function vinOf(raw: string | null, keep: Keep): Pick<Vehicle, 'vin' | 'vinCheck'> {
  if (raw === null) return { vin: null, vinCheck: 'not-applicable' };
  const check = checkVin(raw);
  const vinCheck = check.outcome === 'accepted' ? check.checksum : 'failed';
  if (vinCheck === 'failed') keep({ value: null, warnings: [{ code: 'vin-check-failed', path: 'vin', raw }] });
  return { vin: check.outcome === 'accepted' ? check.normalised : raw, vinCheck };
}

function technicalOf(row: Row) {
  const isNewEnergy = row['hpzl'] === '51' || row['hpzl'] === '52'; // a hint of the plate, no more
  return {
    engineNumber: row['fdjh'] ?? null,
    engineModel: row['fdjxh'] ?? null,
    brand: row['clpp1'] ?? null,
    model: row['clxh'] ?? null,
    vehicleType: row['cllx'] ?? null,
    colour: row['csys'] ?? null,
    energyType: isNewEnergy ? '新能源' : null,
    use: codeFrom(uses, useLabels, { code: row['syxz'] ?? null }),
  };
}

function datesOf(row: Row, keep: Keep) {
  return {
    firstRegisteredOn: keep(readDate(row['ccdjrq'], 'firstRegisteredOn')),
    inspectionValidTo: keep(readDate(row['yxqz'] ?? row['jyyxqz'], 'inspectionValidTo')),
    scrapOn: keep(readDate(row['qzbfqz'], 'scrapOn')),
    insuranceEndsOn: keep(readDate(row['bxzzrq'], 'insuranceEndsOn')),
  };
}

/** What a person should know about how the owner was recognised. */
function matchWarnings({ basis, confidence, returnedName }: Match): Warning[] {
  const byShortNumber = basis.includes('id15');
  const byNumberAlone = confidence === 'medium' && returnedName !== null && !basis.includes('name');
  return [
    ...(byShortNumber ? [{ code: 'id15-only' as const, path: 'match.basis', raw: null }] : []),
    ...(byNumberAlone ? [{ code: 'name-differs' as const, path: 'match.returnedName', raw: returnedName }] : []),
  ];
}

function yesOrNo(text: string | undefined): boolean | null {
  return text === '1' ? true : text === '0' ? false : null;
}
