import { describe, expect, it } from '@jest/globals';
import type { AgencyView } from '#contracts';
import type { StreamEvent } from './event-stream.ts';
import { openLiveView } from './live-view.ts';
import type { Output } from './output.ts';

function recorder() {
  const progress: string[] = [];
  const status: (string | null)[] = [];
  const output: Output = {
    ...{ colours: false, moving: false, columns: 100, result: () => {} },
    progress: (text) => void progress.push(text),
    status: (text) => void status.push(text),
  };
  return { progress, status, output };
}

const counts = { asked: 4, answered: 0, found: 0, nothing: 0, noAnswer: 4, notAsked: 0, incomplete: 0, weak: 0 };
const told = (agencyId: string, verdict: 'found' | 'nothing' | 'no-answer', assetCount: number | null = null) =>
  ({ agencyId, category: 'bank', verdict, reason: null, assetCount, answeredAt: null }) as const;
const lines = (...each: ReturnType<typeof told>[]): StreamEvent => ({ kind: 'lines', seq: 2, lines: each });

describe('the live view', () => {
  it('says what each agency answered, and counts who has not', () => {
    const { progress, status, output } = recorder();
    const agencies = new Map([['bank.a', { nameZh: '示例银行' } as AgencyView]]);
    const view = openLiveView(output, { agencies, mostLines: 10, elapsedMs: () => 1_230 });
    view.show({ kind: 'snapshot', seq: 1, status: 'running', counts });
    view.show(lines(told('bank.a', 'found', 2), told('bank.b', 'nothing'), told('bank.c', 'no-answer')));
    view.end();
    expect(progress[0]).toMatch(/■ 查有财产 found +示例银行 +2 项 +1\.23 s$/);
    expect(progress[1]).toMatch(/○ 已反馈：无财产 nothing +bank\.b/);
    expect(progress[2]).toMatch(/▨ 尚未反馈 not yet +bank\.c/);
    expect(status[0]).toContain(' 0/4 ');
    expect(status[1]).toMatch(/^ {2}█{19}░{19} 2\/4 {2}■ 1 {2}○ 1 {2}▨ 2 尚未反馈/);
    expect(status.at(-1)).toBeNull();
  });

  it('counts on when it has shown enough lines, and an agency that changes its answer once', () => {
    const { progress, status, output } = recorder();
    const view = openLiveView(output, { agencies: new Map(), mostLines: 1, elapsedMs: () => 0 });
    view.show({ kind: 'snapshot', seq: 1, status: 'running', counts });
    view.show(lines(told('bank.a', 'no-answer'), told('bank.a', 'nothing'), told('bank.b', 'found')));
    expect(progress).toHaveLength(2);
    expect(progress[1]).toContain('the rest is counted below');
    expect(status.at(-1)).toContain(' 2/4  ■ 1  ○ 1  ▨ 2 ');
  });
});
