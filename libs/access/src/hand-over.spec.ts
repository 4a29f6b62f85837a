import { describe, expect, it } from '@jest/globals';
import { type CourtLevel, courtTree, type HandOverKind } from '#contracts';
import { handOverFaults } from './hand-over.ts';

const court = (code: string, level: CourtLevel, parent: string | null) => ({
  ...{ code, nameZh: code, nameEn: code, level, parent },
  officersSee: 'court' as const,
});
const courts = courtTree([
  court('supreme', 'supreme', null),
  court('high', 'high', 'supreme'),
  court('mid1', 'intermediate', 'high'),
  court('mid2', 'intermediate', 'high'),
  court('a', 'basic', 'mid1'),
  court('b', 'basic', 'mid1'),
  court('c', 'basic', 'mid2'),
]);

type Judged = readonly [HandOverKind, from: string, to: string, orderedBy: string, rules: string];
describe('a hand-over between courts', () => {
  it.each<Judged>([
    ['raised', 'a', 'mid1', 'mid1', ''],
    ['raised', 'a', 'high', 'high', ''],
    ['raised', 'a', 'mid2', 'mid2', 'to-superior'],
    ['raised', 'mid1', 'a', 'a', 'to-superior'],
    ['raised', 'a', 'mid1', 'high', 'by-itself'],
    ['designated', 'a', 'b', 'mid1', ''],
    ['designated', 'mid1', 'a', 'mid1', ''],
    ['designated', 'a', 'c', 'high', ''],
    ['designated', 'a', 'c', 'mid1', 'by-superior'],
    ['designated', 'a', 'mid1', 'mid1', 'by-superior'],
    ['crossed', 'a', 'c', 'high', ''],
    ['crossed', 'a', 'c', 'supreme', ''],
    ['crossed', 'a', 'c', 'mid2', 'by-superior'],
    ['crossed', 'a', 'mid2', 'high', 'same-level'],
    ['crossed', 'mid1', 'mid2', 'high', ''],
    ['crossed', 'a', 'a', 'mid1', 'to-another'],
    ['designated', 'a', 'nowhere', 'nobody', 'to-known orderer-known'],
  ])('%s from %s to %s by order of %s', (...judged) => {
    const [kind, fromCourtCode, toCourtCode, orderedBy, rules] = judged;
    const faults = handOverFaults({ kind, fromCourtCode, toCourtCode, orderedBy }, courts);
    expect(faults.map(({ rule }) => rule).join(' ')).toBe(rules);
  });
});
