import { kindOfId, shortForm, thirdPartyId } from '../world/person.ts';
import type { Mortgage, Owner, RealEstateUnit, RightKind, Seizure } from '../world/real-estate-units.ts';
import type { Scenario } from '../world/scenario.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The lists of an answer, in the order of real-estate.md §1.2 and §2. A complete answer holds all of them. */
export const listNames = [
  'tdsyq',
  'jsydsyq',
  'fdcq',
  'hysyq',
  'gjzwsyq',
  'lq',
  'dyaq',
  'ygdj',
  'cfdj',
  'yydj',
  'nydsyq',
] as const;
export type ListName = (typeof listNames)[number];
export type Lists = Record<ListName, Row[]>;

const listOf: Record<RightKind, ListName> = {
  house: 'fdcq',
  'land-use': 'jsydsyq',
  structure: 'gjzwsyq',
  forest: 'lq',
  'sea-use': 'hysyq',
};

const rightTypes: Record<RightKind, string> = {
  house: '4',
  'land-use': '3',
  structure: '9',
  forest: '31',
  'sea-use': '15',
};
const ownershipModes = { sole: '0', joint: '1', 'by-shares': '2' } as const;
const sealTypes: Record<Seizure['kind'], string> = { seizure: '1', 'waiting-seizure': '2', 'advance-seizure': '3' };

const dateTime = (day: string, scenario: Scenario): string =>
  scenario === 'bad-date' ? '2019-04-45 00:00:00' : `${day} 00:00:00`;

/** All lists, filled from these rights; a list without a row is there and empty. Unknown is `""`, never null. */
export function rightLists(units: readonly RealEstateUnit[], scenario: Scenario): Lists {
  const lists = emptyLists();
  for (const unit of units) {
    lists[listOf[unit.rightKind]].push(rightRow(unit, scenario));
    lists.dyaq.push(...unit.mortgages.map((mortgage) => mortgageRow(unit, mortgage, scenario)));
    if (scenario !== 'sealed-without-row')
      lists.cfdj.push(...unit.seizures.map((seizure) => sealRow(unit, seizure, scenario)));
  }
  return lists;
}

export const emptyLists = (): Lists => ({
  tdsyq: [],
  jsydsyq: [],
  fdcq: [],
  hysyq: [],
  gjzwsyq: [],
  lq: [],
  dyaq: [],
  ygdj: [],
  cfdj: [],
  yydj: [],
  nydsyq: [],
});

function rightRow(unit: RealEstateUnit, scenario: Scenario): Row {
  return {
    qlid: `q${unit.businessNo}`,
    bdcdyh: unit.unitCode,
    ...measures(unit, scenario),
    bdcqzh: unit.certificateNo,
    djjg: unit.registryOffice,
    qxdm: unit.areaCode,
    ywh: unit.businessNo,
    djsj: dateTime(unit.registeredOn, scenario),
    qllx: rightTypes[unit.rightKind],
    gyfs: ownershipModes[unit.mode],
    gyr: unit.owners.map((owner) => holderOf(unit, owner, scenario).name).join(','),
    gyqk: '',
    qszt: '1',
    qlrdh: '000-00000000',
    sfdy: unit.mortgages.length > 0 ? '1' : '0',
    sfcf: unit.seizures.length > 0 ? '1' : '0',
    qlrList: unit.owners.map((owner, place) => holderRow(unit, owner, { place, scenario })),
  };
}

/** Who stands in the register: the owner, or in the scenarios about persons somebody else, or nobody certain. */
function holderOf(unit: RealEstateUnit, owner: Owner, scenario: Scenario): Pick<Owner, 'name' | 'idNumber'> {
  if (!owner.isDebtor) return owner;
  if (scenario === 'other-person') return { name: '另外一人', idNumber: thirdPartyId('other-person', unit.unitCode) };
  if (scenario === 'ambiguous') return { name: owner.name, idNumber: '' };
  return scenario === 'old-id' ? { name: owner.name, idNumber: shortForm(owner.idNumber) } : owner;
}

function holderRow(
  unit: RealEstateUnit,
  owner: Owner,
  at: { readonly place: number; readonly scenario: Scenario },
): Row {
  const { name, idNumber } = holderOf(unit, owner, at.scenario);
  return {
    qlrmc: name,
    qlrzjzl: kindOfId(idNumber) === 'natural' ? '1' : '8',
    qlrzjh: idNumber,
    qlbl: owner.share ?? '',
    gyfs: ownershipModes[unit.mode],
    sxh: String(at.place + 1),
    dh: '000-00000000',
  };
}

/** Place, area and use, under the tags of the unit's own list. */
function measures(unit: RealEstateUnit, scenario: Scenario): Row {
  const area = scenario === 'bad-amount' ? '以登记簿为准' : unit.area;
  switch (unit.rightKind) {
    case 'house':
      return {
        fdzl: unit.location,
        jzmj: area,
        zyjzmj: '',
        ftjzmj: '',
        ghyt: '10',
        fwxz: '0',
        jgsj: '',
        fwjg: '',
        fwlx: '',
      };
    case 'structure':
      return { zl: unit.location, gjzwghyt: '仓储', gjzwmj: area, tdhysyqssj: '', tdhysyjssj: '' };
    case 'forest':
      return { zl: unit.location, syqmj: area, ldsyqssj: '', ldsyjssj: '', ldsyqxz: '' };
    case 'sea-use':
      return { xmmc: '示例养殖', yhwzsm: unit.location, hdwz: unit.location, syqmj: area, syqqssj: '', syqjssj: '' };
    case 'land-use':
      return { zl: unit.location, yt: '城镇住宅用地', syqmj: area, syqqssj: '', syqjssj: '', qlxz: '出让' };
  }
}

const mortgageRow = (unit: RealEstateUnit, mortgage: Mortgage, scenario: Scenario): Row => ({
  bdcdyh: unit.unitCode,
  dybdclx: '2',
  zl: unit.location,
  dyr: unit.owners[0].name,
  dyfs: '1',
  dyqr: mortgage.holderName,
  dyqrzjlx: '',
  dyqrzjhm: '',
  dyqrlxfs: '',
  bdbzzqse: scenario === 'bad-amount' ? '可用资产数额' : mortgage.amount,
  zwlxqssj: dateTime(mortgage.from, scenario),
  zwlxjssj: dateTime(mortgage.to, scenario),
  bdcdjzmh: mortgage.certificateNo,
  djjg: unit.registryOffice,
  qxdm: unit.areaCode,
  ywh: unit.businessNo,
  qszt: '1',
});

const sealRow = (unit: RealEstateUnit, seizure: Seizure, scenario: Scenario): Row => ({
  bdcdyh: unit.unitCode,
  zl: unit.location,
  cfjg: seizure.authority,
  cflx: sealTypes[seizure.kind],
  cfwh: seizure.documentNumber,
  cfqssj: dateTime(seizure.startsOn, scenario),
  cfjssj: dateTime(seizure.endsOn, scenario),
  djjg: unit.registryOffice,
  xh: String(seizure.place),
  djsj: dateTime(seizure.startsOn, scenario),
  jfdjsj: '',
  jfwh: '',
  cffw: '',
  ywh: unit.businessNo,
  qszt: '1',
  qxdm: unit.areaCode,
});
