import type { AgencyView, Counts, Verdict } from '#contracts';
import { type Paint, painter, verdictSigns } from './colours.ts';
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

type Told = Extract<StreamEvent, { kind: 'lines' }>['lines'][number];

export function openLiveView(output: Output, { agencies, mostLines, elapsedMs }: LiveOptions): LiveView {
  const paint = painter(output.colours || output.moving);
  const verdicts = new Map<string, Verdict>();
  let counts: Counts | null = null;
  let printed = 0;
  const tell = (told: Told) => {
    verdicts.set(told.agencyId, told.verdict);
    printed += 1;
    if (printed <= mostLines) {
      const name = agencies.get(told.agencyId)?.nameZh ?? told.agencyId;
      output.progress(agencyLine(told, { name, elapsedMs: elapsedMs(), paint }));
    }
    if (printed === mostLines + 1) output.progress('  … (the rest is counted below 其余计入下方)');
  };
  return {
    show(event) {
      if (event.kind === 'snapshot') counts = event.counts;
      if (event.kind === 'lines') for (const told of event.lines) tell(told);
      output.status(bar(verdicts, { asked: counts?.asked ?? 0, columns: output.columns, paint }));
    },
    end: () => output.status(null),
  };
}

interface LineLook {
  readonly name: string;
  readonly elapsedMs: number;
  readonly paint: Paint;
}

function agencyLine(told: Told, { name, elapsedMs, paint }: LineLook): string {
  const { glyph, colour } = verdictSigns[told.verdict];
  // an inquiry that runs may still hear from this agency (domain.md §5.4)
  const { zh, en } = told.verdict === 'no-answer' ? { zh: '尚未反馈', en: 'not yet' } : verdictSigns[told.verdict];
  const what = told.verdict === 'found' ? `${told.assetCount ?? '?'} 项` : (told.reason ?? '');
  const sign = paint(colour, `${glyph} ${pad(`${zh} ${en}`, 24)}`);
  const seconds = pad(`${(elapsedMs / 1_000).toFixed(2)} s`, 9, 'right');
  return `  ${sign}${pad(cut(name, 32), 34)}${pad(what, 18)}${seconds}`;
}

interface BarLook {
  readonly asked: number;
  readonly columns: number;
  readonly paint: Paint;
}

function bar(verdicts: ReadonlyMap<string, Verdict>, { asked, columns, paint }: BarLook): string {
  const of = (verdict: Verdict) => [...verdicts.values()].filter((each) => each === verdict).length;
  const answered = of('found') + of('nothing');
  const width = Math.max(10, Math.min(40, columns - 62));
  const full = asked === 0 ? 0 : Math.round((answered / asked) * width);
  const counted = `■ ${of('found')}  ○ ${of('nothing')}  ▨ ${asked - answered} 尚未反馈 not yet`;
  return cut(
    `  ${paint('34', '█'.repeat(full))}${'░'.repeat(width - full)} ${answered}/${asked}  ${counted}`,
    columns + 9,
  );
}
