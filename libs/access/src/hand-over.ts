import type { CourtTree, HandOverKind } from '#contracts';

export interface HandOverToJudge {
  readonly kind: HandOverKind;
  readonly fromCourtCode: string;
  readonly toCourtCode: string;
  /** The court whose order it is. */
  readonly orderedBy: string;
}

/** A rule that a hand-over breaks, and the field that says so. */
export interface HandOverFault {
  readonly rule:
    | 'to-known'
    | 'orderer-known'
    | 'to-another'
    | 'to-superior'
    | 'by-itself'
    | 'by-superior'
    | 'same-level';
  readonly field: 'toCourtCode' | 'orderedBy';
  readonly detail: string;
  readonly fix: string;
}

/**
 * Why a case cannot go from one court to another; empty: it can.
 *
 * - raised (提级执行): a superior court takes it up, by its own order.
 * - designated (指定执行): a superior of the receiving court orders it; the court that has the case stands below it, or is it.
 * - crossed (交叉执行): between courts of one level, by order of a superior of both.
 */
export function handOverFaults(handOver: HandOverToJudge, courts: CourtTree): readonly HandOverFault[] {
  const { kind, fromCourtCode, toCourtCode, orderedBy } = handOver;
  const unknown = [
    ...(courts.find(toCourtCode) ? [] : [toKnown]),
    ...(courts.find(orderedBy) ? [] : [ordererKnown]),
    ...(fromCourtCode === toCourtCode ? [toAnother] : []),
  ];
  return unknown.length > 0 ? unknown : rules[kind](handOver, courts);
}

type Rule = (handOver: HandOverToJudge, courts: CourtTree) => readonly HandOverFault[];

const rules: Readonly<Record<HandOverKind, Rule>> = {
  raised: ({ fromCourtCode, toCourtCode, orderedBy }, courts) => [
    ...(courts.above(fromCourtCode).includes(toCourtCode) ? [] : [toSuperior]),
    ...(orderedBy === toCourtCode ? [] : [byItself]),
  ],
  designated: ({ fromCourtCode, toCourtCode, orderedBy }, courts) => {
    const overFrom = [fromCourtCode, ...courts.above(fromCourtCode)];
    const isSuperior = overFrom.includes(orderedBy) && courts.above(toCourtCode).includes(orderedBy);
    return isSuperior ? [] : [bySuperior];
  },
  crossed: ({ fromCourtCode, toCourtCode, orderedBy }, courts) => {
    const isLevel = courts.find(fromCourtCode)?.level === courts.find(toCourtCode)?.level;
    const isSuperior = courts.above(fromCourtCode).includes(orderedBy) && courts.above(toCourtCode).includes(orderedBy);
    return [...(isLevel ? [] : [sameLevel]), ...(isSuperior ? [] : [bySuperior])];
  },
};

const toKnown: HandOverFault = {
  rule: 'to-known',
  field: 'toCourtCode',
  detail: 'There is no such court.',
  fix: 'Enter the code of a court of this installation.',
};
const ordererKnown: HandOverFault = {
  rule: 'orderer-known',
  field: 'orderedBy',
  detail: 'There is no such court.',
  fix: 'Enter the code of the court that ordered it.',
};
const toAnother: HandOverFault = {
  rule: 'to-another',
  field: 'toCourtCode',
  detail: 'The case is at this court already.',
  fix: 'Enter the code of the court that takes it over.',
};
const toSuperior: HandOverFault = {
  rule: 'to-superior',
  field: 'toCourtCode',
  detail: 'Only a court above the present one can take a case up (提级执行).',
  fix: 'Enter a superior court, or another kind of hand-over.',
};
const byItself: HandOverFault = {
  rule: 'by-itself',
  field: 'orderedBy',
  detail: 'A case is taken up by order of the court that takes it (提级执行).',
  fix: 'Enter the code of the receiving court.',
};
const bySuperior: HandOverFault = {
  rule: 'by-superior',
  field: 'orderedBy',
  detail: 'The court that orders it must stand above both courts.',
  fix: 'Enter the common superior court whose order it is.',
};
const sameLevel: HandOverFault = {
  rule: 'same-level',
  field: 'toCourtCode',
  detail: 'Cases are crossed between courts of the same level only (交叉执行).',
  fix: 'Enter a court of the same level, or another kind of hand-over.',
};
