import type { AdapterSession, Agency, Inquiry } from '#contracts';
import { askOnce, type AskingParts } from './asking.ts';
import type { Guard } from './guard.ts';
import { replayPort, type RecordedReply, type ReplayPort } from './replay-port.ts';
import type { AskingRequest, Passage } from './stamp.ts';

/** An answer that came, to be read once more. */
export interface Recorded {
  readonly replies: readonly RecordedReply[];
  readonly receivedAt: Date; // when the messages came; reading them later does not make them younger
  readonly sentAt: Date | null;
  readonly simulated: boolean;
}

export interface ReplayParts {
  /** A session of its own, so that nothing old (a recorded token) gets into the one that asks. */
  readonly openSession: () => AdapterSession;
  /** The one that asks; used when the first had to log in first, which the recording does not hold. */
  readonly session: AdapterSession;
  readonly asking: Pick<AskingParts, 'log' | 'now'>;
}

interface ToReplay {
  readonly request: AskingRequest;
  readonly recorded: Recorded;
  readonly signal: AbortSignal;
}

/**
 * Reads recorded replies by the adapter's own code, without sending anything. The outcome has the time and the
 * messages of the recording: a replay is no attempt, and never younger than what came after it.
 *
 * @throws TypeError if the adapter does not ask
 */
export async function replayOnce(parts: ReplayParts, inquiry: Inquiry, given: ToReplay): Promise<Passage> {
  const own = parts.openSession();
  try {
    const first = await readAgain(own, { parts, inquiry, given });
    return first.port.wentBeyond()
      ? (await readAgain(parts.session, { parts, inquiry, given })).passage
      : first.passage;
  } finally {
    await own.close?.();
  }
}

interface Reading {
  readonly parts: ReplayParts;
  readonly inquiry: Inquiry;
  readonly given: ToReplay;
}

async function readAgain(
  session: AdapterSession,
  { parts, inquiry, given: { request, recorded, signal } }: Reading,
): Promise<{ readonly passage: Passage; readonly port: ReplayPort }> {
  const port = replayPort(recorded.replies);
  const asking: AskingParts = {
    ...parts.asking,
    ask: askOf(session),
    http: {
      portFor: (_, recorder) => ({ send: (path, options) => heard(port, recorder.message).send(path, options) }),
      close: async () => {},
    },
    guardFor: () => unguarded,
    breakerOf: ({ agencyId }: Agency) => ({ agencyId, state: 'closed', since: recorded.receivedAt }),
    onExchange: () => undefined,
  };
  const passage = await askOnce(asking, inquiry, { request, signal });
  const { receivedAt, sentAt, simulated } = recorded;
  const raw = recorded.replies.flatMap(({ body }) => (body.byteLength > 0 ? [body] : []));
  return { port, passage: { ...passage, attempted: false, sentAt, receivedAt, simulated, raw, breaker: 'none' } };
}

/** In mode `ticket` the first step reads what came: a reply is the same whether it came at once or was collected. */
function askOf(session: AdapterSession): AskingParts['ask'] {
  if (session.ask) return session.ask.bind(session);
  const submit = session.submit?.bind(session);
  if (!submit) throw new TypeError('an adapter that does not ask has nothing to replay');
  return async (...asked) => (await submit(...asked)).said;
}

/** What was read counts as a message behind the answer, as it did the first time. */
const heard = (port: ReplayPort, message: (bytes: Uint8Array) => void): Pick<ReplayPort, 'send'> => ({
  async send(path, options) {
    const reply = await port.send(path, options);
    message(reply.body);
    return reply;
  },
});

/** Nothing is sent, so there is no pace, no breaker and no other limit than the caller's signal. */
const unguarded: Guard = (call, signal) => call(signal);
