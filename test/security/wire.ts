import { Agent, type IncomingMessage, request as open } from 'node:http';

/** One request exactly as it goes over the wire: nothing tidies the path or the verb. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, as written. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Wire {
  /** @throws what the connection says, with the address */
  send(request: WireRequest): Promise<WireReply>;
  close(): void;
}

const deadlineMs = 15_000;
/** A stream of events is read for this long after its first piece. */
const streamMs = 50;

/** Kept connections to one gateway. */
export function openWire(url: string): Wire {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const send = (request: WireRequest, fresh = false): Promise<WireReply> => {
    const { method, target, headers, body } = request;
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(deadlineMs);
      const length = body === null ? {} : { 'content-length': String(body.byteLength) };
      const parts = { hostname, port, method, path: target, headers: { ...headers, ...length }, signal };
      const outgoing = open({ ...parts, agent: fresh ? false : agent });
      outgoing.once('error', (error: NodeJS.ErrnoException) =>
        // the server closed a kept connection while we took it: on a new one it must answer
        outgoing.reusedSocket && error.code === 'ECONNRESET' ? resolve(send(request, true)) : reject(error),
      );
      outgoing.once('response', (response) => void read(response).then(resolve, reject));
      outgoing.end(body ?? undefined);
    });
  };
  return {
    send,
    close: () => agent.destroy(),
  };
}

async function read(response: IncomingMessage): Promise<WireReply> {
  const isStream = (response.headers['content-type'] ?? '').startsWith('text/event-stream');
  const pieces: Buffer[] = [];
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      pieces.push(piece);
      if (isStream && pieces.length === 1) setTimeout(() => response.destroy(), streamMs);
    }
  } catch (error) {
    if (!isStream) throw error; // it was we who left
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(pieces).toString('utf8'),
  };
}

/** Runs `work` over all of `things`, at most `width` at once; results stand in the order of `things`. */
export async function atOnce<Thing, Result>(
  width: number,
  things: readonly Thing[],
  work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = things.entries();
  const one = async (): Promise<void> => {
    for (const [index, thing] of left) results[index] = await work(thing);
  };
  await Promise.all(Array.from({ length: width }, one));
  return results;
}
