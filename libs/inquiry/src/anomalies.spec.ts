import { describe, expect, it } from '@jest/globals';
import { findAnomalies, type Looked } from './anomalies.ts';
import { sameSurname } from './same-surname.ts';

const thresholds = { 'night-burst': 3, 'same-person': 4, 'many-people': 3, refusals: 3 };
const start = Date.parse('2026-11-22T10:00:00+08:00');
const local = (ms: number) => `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
let seq = 0;
const event = (minutes: number, more: Partial<Looked> = {}): Looked => {
  const atMs = start + minutes * 60_000;
  seq += 1;
  return {
    ...{ seq, at: local(atMs), atMs, actor: { userId: 'usr_a', courtCode: '1' }, action: 'report.read' },
    ...{ caseId: 'case_1', persons: ['p1'], result: 'done', detail: {} },
    ...more,
  };
};
const kinds = (events: readonly Looked[]) => findAnomalies(events, thresholds).map(({ kind, count }) => [kind, count]);

describe('cards for auditors', () => {
  it('say nothing of an ordinary day', () => {
    expect(kinds([event(0), event(5), event(10), event(200, { persons: ['p2'], caseId: 'case_2' })])).toEqual([]);
  });

  it('show an inquiry without a case, the own surname and emergencies, each for its person and case', () => {
    const events = [
      event(0, { action: 'inquiry.sent', caseId: null }),
      event(1, { detail: { ownSurname: true } }),
      event(2, { detail: { ownSurname: true }, caseId: 'case_2', persons: ['p2'] }),
      event(3, { action: 'emergency.used' }),
    ];
    expect(kinds(events)).toEqual([
      ['emergency', 1],
      ['own-surname', 1],
      ['own-surname', 1],
      ['no-case', 1],
    ]);
  });

  it('show bursts at night and not by day, from the threshold on and within an hour', () => {
    const night = 12 * 60 + 30; // 22:30
    const at = (...minutes: number[]) =>
      kinds(minutes.map((each, index) => event(each, { persons: [`n${index % 2}`] })));
    expect(at(night, night + 1, night + 2)).toEqual([['night-burst', 3]]);
    expect(at(night, night + 30, night + 61)).toEqual([]);
    expect(at(0, 1, 2)).toEqual([]);
    expect(at(night - 31, night, night + 1)).toEqual([]);
  });

  it('show the same person again and again, over several cases, and name no person', () => {
    const events = [0, 100, 200, 300].map((each, index) => event(each, { caseId: `case_${index}` }));
    const [card] = findAnomalies(events, thresholds);
    expect(card).toEqual({
      ...{ kind: 'same-person', userId: 'usr_a', courtCode: '1', caseId: null, count: 4, threshold: 4 },
      ...{ since: events[0]?.at, until: events[3]?.at, evidence: events.map((each) => each.seq) },
    });
    expect(findAnomalies(events.slice(1), thresholds)).toEqual([]);
    const others = events.map((each, index) => ({ ...each, actor: { userId: `usr_${index}`, courtCode: '1' } }));
    expect(findAnomalies(others, thresholds)).toEqual([]);
  });

  it('show many people in a short time, counting each once', () => {
    const people = (...names: string[]) => kinds(names.map((name, index) => event(index, { persons: [name] })));
    expect(people('a', 'b', 'c')).toEqual([['many-people', 3]]);
    expect(people('a', 'b', 'a')).toEqual([]);
  });

  it('show looks after a case was handed over, by the court that had it', () => {
    const over = () => event(1, { action: 'case.handed-over', detail: { toCourt: '2' }, persons: [] });
    const other = { userId: 'usr_b', courtCode: '2' };
    expect(kinds([event(0), over(), event(2, { actor: other })])).toEqual([]);
    expect(kinds([event(0), over(), event(3)])).toEqual([['after-hand-over', 1]]);
  });

  it('show many refusals of one person', () => {
    const refused = (count: number) =>
      kinds(Array.from({ length: count }, (_, index) => event(index * 60, { result: 'refused', persons: [] })));
    expect(refused(3)).toEqual([['many-refusals', 3]]);
    expect(refused(2)).toEqual([]);
  });
});

describe('a surname', () => {
  it('is the first character, or two where the name has a double one', () => {
    expect(sameSurname('张三', '张四')).toBe(true);
    expect(sameSurname('张三', '李三')).toBe(false);
    expect(sameSurname('欧阳明', '欧明')).toBe(false);
    expect(sameSurname('欧阳明', '欧阳红')).toBe(true);
    expect(sameSurname('', '')).toBe(false);
  });
});
