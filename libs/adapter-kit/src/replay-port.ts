import { NoAnswer, type HttpPort, type RecordedExchange } from '#contracts';
import { withoutQuery } from './http-port.ts';
import { usable } from './usable-reply.ts';

/** A reply as it came: its exchange, and the bytes that belong to it. */
export interface RecordedReply extends RecordedExchange {
  readonly body: Uint8Array;
}

export interface ReplayPort extends HttpPort {
  /** Something was to be sent that nobody had sent before: the recording does not hold all that the adapter needs. */
  readonly wentBeyond: () => boolean;
}

/**
 * Hands out recorded replies, each once: to every path its own ones in the order in which they came. It has the rules of
 * the port that sends: a page is no reply, and status 404 stays what it was. What was not recorded is refused, so that
 * nothing ever leaves, and nothing can be made of a reply that never came.
 */
export function replayPort(replies: readonly RecordedReply[]): ReplayPort {
  const left = [...replies];
  let beyond = false;
  return {
    wentBeyond: () => beyond,
    async send(path, { signal, accepts }) {
      if (signal.aborted) throw new NoAnswer('cancelled', 'stopped before the recorded reply was read');
      const wanted = withoutQuery(path);
      const at = left.findIndex((reply) => reply.path === null || reply.path === wanted);
      const [reply] = at < 0 ? [] : left.splice(at, 1);
      if (!reply) {
        beyond = true;
        throw new NoAnswer('unintelligible', 'no recorded reply is left', { reasonCode: 'not-recorded' });
      }
      const headers: Record<string, string> = reply.contentType === null ? {} : { 'content-type': reply.contentType };
      return usable({ status: reply.status, headers, body: reply.body }, accepts);
    },
  };
}

/**
 * Puts recorded exchanges and the raw messages of an answer together again. Exchanges without a body have none among
 * the messages; messages without an exchange answer any path, in their order.
 *
 * @throws RangeError when they are not of the same answer
 */
export function recordedReplies(
  exchanges: readonly RecordedExchange[],
  messages: readonly Uint8Array[],
): readonly RecordedReply[] {
  if (exchanges.length === 0) {
    return messages.map((body) => ({
      ...{ path: null, status: 200, contentType: null, sizeBytes: body.byteLength },
      body,
    }));
  }
  const left = [...messages];
  const replies = exchanges.map((exchange) => {
    const body = exchange.sizeBytes === 0 ? new Uint8Array() : left.shift();
    if (body?.byteLength !== exchange.sizeBytes) throw new RangeError('messages that are not those of the exchanges');
    return { ...exchange, body };
  });
  if (left.length > 0) throw new RangeError('more messages than exchanges');
  return replies;
}
