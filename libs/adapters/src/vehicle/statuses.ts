import { codeFrom } from '#adapter-kit';
import { unknownEncumbrance, type Code, type Encumbrance, type FoundAsset } from '#contracts';

export type Vehicle = Extract<FoundAsset, { kind: 'vehicle' }>;
type StatusCode = NonNullable<Vehicle['statusCodes']>[number]['code'];

/** Letters of `zt`, of which one vehicle may bear several (vehicle.md §2, WIRE-18). */
const letters: Readonly<Record<string, StatusCode>> = {
  A: 'normal',
  B: 'moved-out',
  C: 'stolen',
  D: 'out-of-use',
  E: 'deregistered',
  G: 'violation-pending',
  H: 'customs',
  I: 'accident-pending',
  J: 'suspect',
  K: 'seized',
  L: 'detained',
  M: 'forced-deregistration',
  N: 'hit-and-run',
  O: 'locked',
  P: 'scrap-notice',
  Q: 'inspection-overdue',
};

const labels: Readonly<Record<StatusCode, { readonly zh: string; readonly en: string }>> = {
  normal: { zh: '正常', en: 'Normal' },
  'moved-out': { zh: '转出', en: 'Moved out' },
  stolen: { zh: '被盗抢', en: 'Stolen' },
  'out-of-use': { zh: '停驶', en: 'Out of use' },
  deregistered: { zh: '注销', en: 'Deregistered' },
  'violation-pending': { zh: '违法未处理', en: 'Violation pending' },
  customs: { zh: '海关监管', en: 'Under customs supervision' },
  'accident-pending': { zh: '事故未处理', en: 'Accident pending' },
  suspect: { zh: '嫌疑车', en: 'Suspect' },
  seized: { zh: '查封', en: 'Sealed' },
  detained: { zh: '扣留', en: 'Detained' },
  'forced-deregistration': { zh: '达到报废标准强制注销', en: 'Forced deregistration' },
  'hit-and-run': { zh: '事故逃逸', en: 'Hit and run' },
  locked: { zh: '锁定', en: 'Locked' },
  'scrap-notice': { zh: '报废公告', en: 'Scrap notice' },
  'inspection-overdue': { zh: '逾期未检验', en: 'Inspection overdue' },
  other: { zh: '其他', en: 'Other' },
};

/** One code per letter, in the order written; null where the bureau gave no status. */
export function readStatuses(text: string | undefined): Code<StatusCode>[] | null {
  if (text === undefined) return null;
  const joined = [...new Set(text.toUpperCase().replace(/[\s,;]/g, ''))].slice(0, 40);
  return joined.flatMap((letter) => codeFrom(letters, labels, { code: letter }) ?? []);
}

/** K and L without details: that there is a seal or a detention, and nothing about it. */
export function encumbrancesOfLetters(statuses: Vehicle['statusCodes'], seals: readonly Encumbrance[]): Encumbrance[] {
  const codes = new Set((statuses ?? []).map(({ code }) => code));
  const hasSeal = seals.some(({ inForce }) => inForce !== false);
  return [
    ...(codes.has('seized') && !hasSeal ? [{ ...unknownEncumbrance, kind: 'seizure' as const }] : []),
    ...(codes.has('detained') ? [{ ...unknownEncumbrance, kind: 'detention' as const }] : []),
  ];
}
