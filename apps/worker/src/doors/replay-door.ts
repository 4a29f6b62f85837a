import type { DoorRequest, Mailbox } from '#contracts';
import type { Reading, ToRead } from '../replay-reading.ts';
import type { WorkerParts } from '../worker-parts.ts';
import type { CardPictures } from './card-pictures.ts';
import { channelMailbox } from './channel-mailbox.ts';

/** Nothing goes out of a replay, so nobody looks at pictures. */
const noPictures: CardPictures = {
  of: ({ name: officerName }) => ({ officerName, workCardNo: null, workCard: null, dutyCardNo: null, dutyCard: null }),
};

/**
 * Gives the bytes of a call at a door to the adapter again, as if they came now. Feedback is taken by the same way and
 * counts once, however often it is read; nothing is handed out, and the reply is thrown away.
 */
export async function replayDoor(
  parts: WorkerParts,
  { hosted, message, origin, signal }: ToRead<'door'>,
): Promise<Reading> {
  const { session } = hosted.channel;
  if (!session.receive) return { state: 'given-up', paths: ['an adapter without a door'] };
  if (message.bytes === null) return { state: 'given-up', paths: ['no bytes'] };
  const wrong: string[] = [];
  let understood = false;
  const real = channelMailbox(parts, noPictures, {
    ...{ hosted, raw: message.bytes, simulated: origin.simulated, headers: origin.headers },
    ...{ method: origin.method, path: origin.path, receivedAt: new Date(message.at) },
  });
  const mailbox: Mailbox = {
    ...real,
    handOut: async () => [],
    documents: async () => [],
    cards: async () => null,
    async feedBack(agencyId, feedback, own) {
      const outcome = await real.feedBack(agencyId, feedback, own);
      understood ||= outcome !== 'unknown';
      return outcome;
    },
    quarantine: async (_, paths) => void wrong.push(...paths),
  };
  const request: DoorRequest = {
    method: origin.method,
    path: origin.path,
    headers: origin.headers,
    body: message.bytes,
  };
  await session.receive(request, mailbox, signal);
  if (wrong.length > 0) return { state: 'waiting', paths: wrong };
  return understood
    ? { state: 'read' }
    : { state: 'waiting', paths: ['read, but no feedback of a known task is in it'] };
}
