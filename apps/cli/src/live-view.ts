import type { AgencyView, Counts } from '#contracts';
import { painter, verdictSigns } from './colours.ts';
import type { StreamEvent } from './event-stream.ts';
import { cut, type Output, pad } from './output.ts';

/** Shows an inquiry while it runs: a line per agency as it answers, and a bar at the bottom. */
export interface LiveView {
  show(event: StreamEvent): void;
  end(): void;
}

interface LiveOptions {
  readonly agencies: ReadonlyMap<string, AgencyView>;
  readonly mostLines: number; // after that only the bar moves
  readonly elapsedMs: () => number;
}

export function openLiveView(output: Output, { agencies, mostLines, elapsedMs }: LiveOptions): LiveView {
  const paint = painter(output.colours || output.moving);
  const verdicts = new Map<string, 'found' | 'nothing' | 'no-answer' | 'not-asked'>();
  let counts: Counts | null = null;
  let printed = 0;

  const line = (
    agencyId: string,
    told: { verdict: keyof typeof verdictSigns; reason: string | null; assetCount: number | null },
  ) => {
    const { glyph, colour } = verdictSigns[told.verdict];
    // an inquiry that runs may still hear from this agency (domain.md §5.4)
    const { zh, en } = told.verdict === 'no-answer' ? { zh: '尚未反馈', en: 'not yet' } : verdictSigns[told.verdict];
    const what = told.verdict === 'found' ? `${told.assetCount ?? '?'} 项` : (told.reason ?? '');
    const name = pad(cut(agencies.get(agencyId)?.nameZh ?? agencyId, 32), 34);
    return `  ${paint(colour, `${glyph} ${pad(`${zh} ${en}`, 24)}`)}${name}${pad(what, 18)}${pad(`${(elapsedMs() / 1_000).toFixed(2)} s`, 9, 'right')}`;
  };

  const bar = () => {
    const asked = counts?.asked ?? 0;
    const of = (verdict: string) => [...verdicts.values()].filter((each) => each === verdict).length;
    const answered = of('found') + of('nothing');
    const width = Math.max(10, Math.min(40, output.columns - 62));
    const full = asked === 0 ? 0 : Math.round((answered / asked) * width);
    const missing = asked - answered;
    output.status(
      cut(
        `  ${paint('34', '█'.repeat(full))}${'░'.repeat(width - full)} ${answered}/${asked}  ■ ${of('found')}  ○ ${of('nothing')}  ▨ ${missing} 尚未反馈 not yet`,
        output.columns + 9,
      ),
    );
  };

  return {
    show(event) {
      if (event.kind === 'snapshot') counts = event.counts;
      if (event.kind === 'lines') {
        for (const told of event.lines) {
          verdicts.set(told.agencyId, told.verdict);
          printed += 1;
          if (printed <= mostLines) output.progress(line(told.agencyId, told));
          if (printed === mostLines + 1) output.progress('  … (the rest is counted below 其余计入下方)');
        }
      }
      bar();
    },
    end: () => output.status(null),
  };
}
