import { codeFrom, readDate, readDecimal, readWhen, type Read } from '#adapter-kit';
import { checkRealEstateUnitCode, type FoundAsset, type Match, type Warning } from '#contracts';
import { readAmount, wordOrCode } from './encumbrances.ts';
import { wholeNumber, yesOrNo, type Ownership } from './holders.ts';
import type { ReadingSettings } from './settings.ts';
import { extraTags, type RightRow } from './wire.ts';

export type RealEstate = Extract<FoundAsset, { kind: 'real-estate' }>;
type Tags = RightRow['tags'];

const rightStatuses: Readonly<Record<string, RealEstate['rightStatus']>> = {
  '0': 'temporary',
  '1': 'current',
  '2': 'historic',
  '3': 'cancelled',
};
const onlyOther = { other: { zh: '其他', en: 'Other' } };

interface RightContext {
  readonly rightKind: RealEstate['rightKind'];
  readonly ownership: Ownership;
  readonly settings: ReadingSettings;
}

/**
 * A right (不动产权利) whose holder is the debtor or bears the debtor's name; encumbrances are attached later. Null if
 * the row names no place or nobody of the debtor's name: the contract knows no right without a location (坐落).
 */
export function readRight({ tags }: RightRow, { rightKind, ownership, settings }: RightContext): RealEstate | null {
  const location = tags.fdzl ?? tags.zl ?? tags.hdwz ?? null;
  const { match } = ownership;
  if (location === null || match === 'other-person' || match === 'nobody-named') return null;
  const warnings: Warning[] = [...ownership.warnings];
  const keep = <T>(read: Read<T>): T | null => {
    warnings.push(...read.warnings);
    return read.value;
  };
  const registeredAt = keep(readWhen(tags.djsj, 'registeredAt'));
  warnings.push(...matchWarnings(match));
  return {
    kind: 'real-estate',
    rightKind,
    ...unitOf(tags, keep),
    location,
    ...areasOf(tags, keep),
    ...natureOf(tags, rightKind),
    floorsTotal: wholeNumber(tags.zcs ?? null),
    ...datesOf(tags, keep),
    rightStatus: statusOf(tags.qszt ?? ''),
    registeredAt,
    transactionPrice: keep(
      readAmount(tags.fdcjyjg ?? tags.qdjg ?? tags.jg ?? null, 'transactionPrice', settings.transactionPriceUnit),
    ),
    mortgagedFlag: yesOrNo(tags.sfdy ?? null),
    seizedFlag: yesOrNo(tags.sfcf ?? null),
    onlyHomeHint: 'unknown',
    extra: extraOf(tags),
    agencyRecordId: tags.ywh ?? null,
    asOf: registeredAt,
    asOfKind: registeredAt === null ? null : 'register-date',
    match: { ...match, basis: [...match.basis] },
    disputed: null,
    encumbrances: null,
    coRights: ownership.coRights,
    warnings,
    remark: tags.beiz ?? tags.bz ?? null,
  };
}

function statusOf(state: string): RealEstate['rightStatus'] {
  return Object.hasOwn(rightStatuses, state) ? (rightStatuses[state] ?? null) : null;
}

/** What a person should know about how the holder was recognised. */
function matchWarnings({ basis, confidence, returnedName }: Match): Warning[] {
  const byShortNumber = basis.includes('id15');
  const byNumberAlone = confidence === 'medium' && returnedName !== null && !basis.includes('name');
  return [
    ...(byShortNumber ? [{ code: 'id15-only' as const, path: 'match.basis', raw: null }] : []),
    ...(byNumberAlone ? [{ code: 'name-differs' as const, path: 'match.returnedName', raw: returnedName }] : []),
  ];
}

type Keep = <T>(read: Read<T>) => T | null;

function unitOf(tags: Tags, keep: Keep) {
  const raw = tags.bdcdyh ?? null;
  const check = raw === null ? null : checkRealEstateUnitCode(raw);
  const isValid = check === null ? null : check.outcome === 'accepted' && check.problem === null;
  if (isValid === false) keep({ value: null, warnings: [{ code: 'unit-code-invalid', path: 'unitCode', raw }] });
  return {
    unitCode: check?.outcome === 'accepted' ? check.normalised : raw,
    unitCodeValid: isValid,
    certificateNo: tags.bdcqzh ?? null,
    certificatePrintNo: tags.qzysxlh ?? null,
    areaCode: tags.qxdm ?? tags.dqdm ?? null,
    registryOffice: tags.djjg ?? null,
    businessNo: tags.ywh ?? null,
  };
}

function areasOf(tags: Tags, keep: Keep) {
  const areas = {
    buildingArea: keep(readDecimal(tags.jzmj, 'buildingArea')),
    exclusiveArea: keep(readDecimal(tags.zyjzmj, 'exclusiveArea')),
    sharedArea: keep(readDecimal(tags.ftjzmj, 'sharedArea')),
    landArea: keep(readDecimal(tags.zdmj ?? tags.dytdmj, 'landArea')),
    rightArea: keep(readDecimal(tags.syqmj ?? tags.gjzwmj, 'rightArea')),
  };
  const hasArea = Object.values(areas).some((area) => area !== null);
  return { ...areas, areaUnit: tags.mjdw ?? (hasArea ? 'm²' : null) }; // m² unless declared (report.md §7.3)
}

function datesOf(tags: Tags, keep: Keep) {
  return {
    completedOn: keep(readDate(tags.jgsj, 'completedOn')),
    rightFrom: keep(readDate(tags.tdsyqssj ?? tags.syqqssj ?? tags.tdhysyqssj ?? tags.ldsyqssj, 'rightFrom')),
    rightTo: keep(readDate(tags.tdsyjssj ?? tags.syqjssj ?? tags.tdhysyjssj ?? tags.ldsyjssj, 'rightTo')),
  };
}

function natureOf(tags: Tags, rightKind: RealEstate['rightKind']) {
  const use = tags.ghyt ?? tags.yt ?? tags.hdyt ?? (rightKind === 'advance-notice' ? tags.ygdjzl : null) ?? null;
  return {
    use: codeFrom({}, onlyOther, wordOrCode(use)),
    nature: codeFrom({}, onlyOther, wordOrCode(tags.fwxz ?? null)),
    rightNature: codeFrom({}, onlyOther, wordOrCode(tags.qlxz ?? tags.ldsyqxz ?? tags.tdqlxz ?? null)),
    structureType: tags.fwjg ?? null,
  };
}

function extraOf(tags: Tags): Record<string, string> | null {
  const pairs = extraTags.flatMap((tag) => {
    const text = tags[tag] ?? null;
    return text === null ? [] : [[tag.toUpperCase(), text] as const];
  });
  return pairs.length === 0 ? null : Object.fromEntries(pairs);
}
