import { describe, expect, it } from '@jest/globals';
import type { Changes, CoverageLine } from '#contracts';
import { presentChanges } from './changes.ts';

const names = [{ agencyId: 'bank.a', agencyName: '示例银行' }] as CoverageLine[];
const moved = (transition: string) => ({
  ...{ agencyId: 'bank.a', category: 'bank', before: 'no-answer', after: 'found' },
  ...{ beforeReason: 'timed-out', afterReason: null, transition },
});
const changes = (...transitions: string[]) =>
  ({
    sentence: { zh: '新查明 1 项。', en: '1 newly established.' },
    lines: transitions.map(moved),
  }) as unknown as Changes;

describe('changes on a terminal', () => {
  it('are the sentence and the lines that moved, with both reasons', () => {
    const text = presentChanges(changes('still-nothing', 'newly-established'), names, 10);
    expect(text.slice(0, 2)).toEqual(['新查明 1 项。', '1 newly established.']);
    expect(text[4]).toMatch(/示例银行 +timed-out +found +新查明（可能早已存在） newly established/);
    expect(text.join('\n')).not.toContain('unchanged');
  });

  it('count what is left out, and have no table without a moved line', () => {
    expect(presentChanges(changes('new-asset', 'cannot-tell'), names, 1)).toContain('  … +1');
    expect(presentChanges(changes('still-no-answer'), names, 10)).toHaveLength(3);
  });
});
