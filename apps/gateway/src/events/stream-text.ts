import type { InquiryEvent, InquiryView, LineEvent } from '#contracts';

/** How long a client waits before it comes back. */
export const retryText = (ms: number): string => `retry: ${ms}\n\n`;
/** The token or session has ended: the client need not come back with it. */
export const signedOutText = 'event: signed-out\ndata: {}\n\n';
export const keepAliveText = ': keep-alive\n\n';

/** One event in the form of text/event-stream. JSON has no line breaks of its own, so one `data` line is enough. */
export const eventText = (event: string, data: { readonly seq: number; readonly [more: string]: unknown }): string =>
  `id: ${data.seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export const snapshotText = ({ inquiryId, seq, status, counts, sentence }: InquiryView): string =>
  eventText('snapshot', { inquiryId, seq, status, counts, sentence });

/**
 * Events of an inquiry as they are told: answers that follow each other are joined into one, under the number of the
 * last. What only changes the whole picture (a re-query) is told by a snapshot, for which there is no text here.
 */
export function eventTexts(events: readonly InquiryEvent[]): string[] {
  const texts: string[] = [];
  let lines: LineEvent[] = [];
  let seq = 0;
  const flush = () => {
    if (lines.length > 0) texts.push(lineText(seq, lines));
    lines = [];
  };
  for (const event of events) {
    if (event.kind === 'lines') {
      lines.push(...event.lines);
      seq = event.seq;
      continue;
    }
    flush();
    if (event.kind === 'paused' || event.kind === 'resumed')
      texts.push(eventText('paused', { seq: event.seq, paused: event.kind === 'paused' }));
    if (event.kind === 'report')
      texts.push(eventText('report', { seq: event.seq, reportId: event.reportId, reportVersion: event.reportVersion }));
  }
  flush();
  return texts;
}

function lineText(seq: number, lines: readonly LineEvent[]): string {
  const [only] = lines;
  return eventText('line', only && lines.length === 1 ? { seq, ...only } : { seq, lines });
}
