import { describe, expect, it } from '@jest/globals';
import type { Encumbrance } from '#contracts';
import { describeEncumbrances, ownCaseTest } from './encumbrances.ts';
import { encumbrance, minute } from './made-up-answers.spec.ts';

const described = (list: readonly Encumbrance[]): Encumbrance[] => describeEncumbrances(list, () => false) ?? [];
const ranks = (list: readonly Encumbrance[]): (number | null)[] => described(list).map(({ rank }) => rank);

describe('a list of encumbrances', () => {
  it('that was not reported stays not reported', () => {
    expect(describeEncumbrances(null, () => true)).toBeNull();
    expect(describeEncumbrances([], () => true)).toEqual([]);
  });

  it('comes by rank, unknown last, then by registration, kind, authority and document', () => {
    const list = [
      encumbrance('mortgage', { authority: '乙' }),
      encumbrance('mortgage', { authority: '甲' }),
      encumbrance('waiting-freeze', { rank: 1 }),
      encumbrance('lien', { registeredAt: minute(1) }),
      encumbrance('freeze', { rank: 0 }),
    ];
    const order = described(list).map(({ kind, authority }) => `${kind}${authority ?? ''}`);
    expect(order).toEqual(['freeze', 'waiting-freeze', 'lien', 'mortgage乙', 'mortgage甲']); // 乙 U+4E59 < 甲 U+7532
  });

  it('loses an entry that knows only its kind when a detailed one of the kind is there', () => {
    const list = [encumbrance('seizure'), encumbrance('seizure', { authority: '某法院' }), encumbrance('mortgage')];
    expect(described(list).map(({ kind, authority }) => [kind, authority])).toEqual([
      ['mortgage', null],
      ['seizure', '某法院'],
    ]);
  });
});

describe('ranks (轮候顺位)', () => {
  it('follow the time of registration when the agency gives none', () => {
    const list = [
      encumbrance('waiting-seizure', { registeredAt: minute(3) }),
      encumbrance('seizure', { registeredAt: minute(1) }),
      encumbrance('waiting-seizure', { registeredAt: minute(2) }),
    ];
    expect(described(list).map(({ rank, registeredAt, rankBasis }) => [rank, registeredAt, rankBasis])).toEqual([
      [0, minute(1), 'registration-time'],
      [1, minute(2), 'registration-time'],
      [2, minute(3), 'registration-time'],
    ]);
  });

  it('follow the source for equal times', () => {
    const list = ['一', '二'].map((authority) => encumbrance('waiting-freeze', { authority, registeredAt: minute(1) }));
    expect(described(list).map(({ rank, authority, rankBasis }) => [rank, authority, rankBasis])).toEqual([
      [1, '一', 'source-order'],
      [2, '二', 'source-order'],
    ]);
  });

  it('stay unknown when a time is missing', () => {
    const list = [encumbrance('waiting-freeze', { registeredAt: minute(1) }), encumbrance('freeze')];
    expect(described(list).every(({ rank, rankBasis }) => rank === null && rankBasis === 'unknown')).toBe(true);
  });

  it('are renumbered without gaps only when all are known', () => {
    const waiting = (rank: number | null): Encumbrance => encumbrance('waiting-freeze', { rank });
    expect(ranks([encumbrance('freeze', { rank: 0 }), waiting(7), waiting(3)])).toEqual([0, 1, 2]);
    expect(ranks([waiting(7), waiting(null)])).toEqual([7, null]);
  });

  it('are not given to what was lifted, nor to mortgages', () => {
    const registeredAt = minute(1);
    const list = [
      encumbrance('freeze', { registeredAt, liftedOn: '2026-01-01' }),
      encumbrance('freeze', { registeredAt, inForce: false }),
      encumbrance('mortgage', { registeredAt }),
    ];
    expect(ranks(list)).toEqual([null, null, null]);
  });
});

describe('a measure of the own case (本案)', () => {
  const isOwn = ownCaseTest('(2026)京9901执1号');

  it.each(['（2026）京9901执1号', '（２０２６）京9901执1号之一', '(2026) 京9901执1号协助执行通知书'])(
    'is known by %s',
    (documentNumber) => {
      expect(isOwn(encumbrance('freeze', { documentNumber }))).toBe(true);
      expect(isOwn(encumbrance('freeze', { caseNumber: documentNumber }))).toBe(true);
    },
  );

  it.each(['（2026）京9901执11号', '（2025）京9901执1号', '1号', null])('is not known by %s', (documentNumber) => {
    expect(isOwn(encumbrance('freeze', { documentNumber }))).toBe(false);
  });

  it('is known by a ruling of the case when the case number itself has a suffix', () => {
    expect(
      ownCaseTest('（2026）京9901执1号之一')(encumbrance('freeze', { documentNumber: '（2026）京9901执1号之二' })),
    ).toBe(true);
  });

  it('needs the whole number where it is not written as a case number', () => {
    expect(ownCaseTest('1号')(encumbrance('freeze', { documentNumber: '（2026）京9901执1号' }))).toBe(false);
    expect(ownCaseTest('X-1')(encumbrance('freeze', { documentNumber: 'X-1' }))).toBe(true);
  });
});
