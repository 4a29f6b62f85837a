import { setTimeout as wait } from 'node:timers/promises';
import { countsSchema, lineEventSchema } from '#contracts';
import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import { CliError } from './exit-codes.ts';

const snapshotSchema = z.looseObject({ seq: z.int(), status: z.string(), counts: countsSchema });
const lineSchema = z.looseObject({ seq: z.int(), lines: z.array(z.looseObject(lineEventSchema.shape)).optional() });
const reportSchema = z.looseObject({ seq: z.int(), reportId: z.string(), reportVersion: z.int() });
const doneSchema = z.looseObject({ seq: z.int(), status: z.string() });

/** What the command line follows: the events of api.md §5, read tolerantly. */
export type StreamEvent =
  | ({ readonly kind: 'snapshot' } & z.infer<typeof snapshotSchema>)
  | { readonly kind: 'lines'; readonly seq: number; readonly lines: readonly z.infer<typeof lineEventSchema>[] }
  | ({ readonly kind: 'report' } & z.infer<typeof reportSchema>)
  | ({ readonly kind: 'done' } & z.infer<typeof doneSchema>);

const mostReconnects = 200;

/** Follows an inquiry until it is done, over broken connections; each event once, in the inquiry's own order. */
export async function* followInquiry(
  api: ApiClient,
  inquiryId: string,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  let after = 0; // from the first event on, also those that came before we listened
  for (let tries = 0; tries < mostReconnects && !signal.aborted; tries += 1) {
    const stream = await reconnected(() => api.stream(`/inquiries/${inquiryId}/events`, after), tries === 0);
    if (stream === null) return;
    for await (const event of stream === 'away' ? [] : readEvents(chunksUntilCut(stream, signal))) {
      after = event.seq;
      yield event;
      if (event.kind === 'done') return;
    }
    await wait(500, undefined, { signal });
  }
}

/** A gateway that was there and is being restarted is waited for; one that never answered is an error at once. */
async function reconnected<Stream>(connect: () => Promise<Stream>, isFirst: boolean): Promise<Stream | 'away'> {
  try {
    return await connect();
  } catch (error) {
    if (!isFirst && error instanceof CliError && error.code === 'gateway-away') return 'away';
    throw error;
  }
}

/** A cut connection ends it like a closed one: whoever follows resumes after the last event. Our own abort is thrown. */
async function* chunksUntilCut(stream: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk;
  } catch {
    signal.throwIfAborted();
  }
}

async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent> {
  const ready: StreamEvent[] = [];
  const parser = createParser({
    onEvent({ event, data }) {
      const read = readEvent(event ?? 'message', data);
      if (read) ready.push(read);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* ready.splice(0);
  }
}

/** Null: an event this version does not know; the API may add some. */
function readEvent(name: string, text: string): StreamEvent | null {
  const data: unknown = JSON.parse(text);
  if (name === 'snapshot') return { kind: 'snapshot', ...snapshotSchema.parse(data) };
  if (name === 'report') return { kind: 'report', ...reportSchema.parse(data) };
  if (name === 'done') return { kind: 'done', ...doneSchema.parse(data) };
  if (name !== 'line') return null;
  const { seq, lines } = lineSchema.parse(data);
  return { kind: 'lines', seq, lines: lines ?? [lineEventSchema.loose().parse(data)] };
}
