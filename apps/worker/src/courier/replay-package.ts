import type { Reading, ToRead } from '../replay-reading.ts';
import type { WorkerParts } from '../worker-parts.ts';
import { openedOrComplaint, takeLines } from './take-arrivals.ts';

/**
 * Reads a quarantined package again, as if it were dropped now. Its answers are taken as feedback is, once however often
 * they are read; no receipt goes out, because the agency waits for none any more.
 */
export async function replayPackage(
  parts: WorkerParts,
  { hosted, message, origin, signal }: ToRead<'package'>,
): Promise<Reading> {
  const { batch } = hosted.channel.session;
  const agency = message.agencyId === null ? undefined : hosted.channel.agencies.get(message.agencyId);
  if (!batch || !agency) return { state: 'given-up', paths: ['no agency that exchanges files'] };
  const { bytes } = message;
  if (bytes === null || bytes.length === 0) return { state: 'given-up', paths: ['no bytes'] };
  const opened = openedOrComplaint(() => batch.unpack(agency, { name: origin.name, bytes }));
  if ('complaint' in opened) return { state: 'waiting', paths: [opened.complaint] };
  const { simulated } = hosted.config;
  const { lines, strangers } = await takeLines(
    parts,
    { agency, hosted, signal },
    { opened, message: { hosted, raw: bytes, simulated, receivedAt: new Date(message.at) }, isUnfinished: true },
  );
  const unread = lines.flatMap(({ outcome }, index) => (outcome === 'unreadable' ? [`request number ${index}`] : []));
  const wrong = [...opened.complaints, ...strangers, ...unread];
  return wrong.length > 0 ? { state: 'waiting', paths: wrong } : { state: 'read' };
}
