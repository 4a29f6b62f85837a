import { NoAnswer, noAnswerSaid, saidSchema } from '#contracts';
import type { AdapterLog, AdapterSession, Agency, Inquiry, RecordedExchange, Said } from '#contracts';
import type { AgencyBreaker } from './breaker-circuit.ts';
import { failurePolicy } from './failure-policy.ts';
import type { Guard } from './guard.ts';
import type { Http, Recorder } from './http-port.ts';
import type { AskingRequest, Passage } from './stamp.ts';
import { pathsOf } from './understand.ts';

/** How long an asking waited for its turn, and how long its exchange took. */
export interface Exchange {
  readonly agencyId: string;
  readonly phase: 'pace' | 'call';
  readonly ms: number;
}

export interface AskingParts {
  readonly ask: NonNullable<AdapterSession['ask']>;
  readonly http: Http;
  /** What of an earlier exchange is read again, and where replies are kept before they are read. */
  readonly keeper?: (request: AskingRequest) => Pick<Recorder, 'kept' | 'keep'>;
  readonly guardFor: (agency: Agency) => Guard;
  readonly breakerOf: (agency: Agency) => AgencyBreaker;
  readonly log: AdapterLog;
  readonly now: () => Date;
  readonly onExchange: (measured: Exchange) => void;
}

/** What is seen of one asking while it runs. */
interface Seen {
  calledMs: number | null;
  sentAt: Date | null;
  simulated: boolean;
  readonly raw: Uint8Array[];
  readonly exchanges: RecordedExchange[];
  trouble: string; // where it was not understood, never a value
}

/** A defect of an adapter, seen from outside: it read something that it should have understood. */
const defect = noAnswerSaid('unintelligible', { reasonCode: 'adapter-defect' });

/** One asking through all guards. Whatever happens on the way comes back as what was said, never as a failure. */
export async function askOnce(
  parts: AskingParts,
  inquiry: Inquiry,
  { request, signal }: { readonly request: AskingRequest; readonly signal: AbortSignal },
): Promise<Passage> {
  const { agency, requestNumber } = request;
  const startedMs = performance.now();
  const seen: Seen = { calledMs: null, sentAt: null, simulated: false, raw: [], exchanges: [], trouble: '(unknown)' };
  const http = parts.http.portFor(agency, { ...recorderOf(seen, parts.now), ...parts.keeper?.(request) });
  const call = async (own: AbortSignal): Promise<Said> => {
    seen.calledMs = performance.now();
    return parts.ask(inquiry, { agency, requestNumber, http }, own);
  };
  const said = await parts
    .guardFor(agency)(call, signal)
    .then((each) => checked(each, { seen, log: parts.log, agency }))
    .catch((error: unknown) => saidOf(error, { seen, log: parts.log, agency }));
  measure(parts, agency, { startedMs, calledMs: seen.calledMs });
  return passageOf(said, seen, parts.breakerOf(agency));
}

function recorderOf(seen: Seen, now: () => Date) {
  return {
    sending: (): void => void (seen.sentAt ??= now()),
    message: (bytes: Uint8Array): void => void seen.raw.push(bytes),
    simulated: (): void => void (seen.simulated = true),
    replied: (exchange: RecordedExchange): void => void seen.exchanges.push(exchange),
  };
}

function passageOf(said: Said, seen: Seen, breaker: AgencyBreaker): Passage {
  const { sentAt, calledMs, raw, simulated, exchanges, trouble } = seen;
  const notSent = sentAt === null && said.verdict === 'no-answer' && said.reasonCode === 'lossy-encoding';
  const isUnread = said.verdict === 'no-answer' && said.reason === 'unintelligible' && raw.length > 0;
  const unread = isUnread ? { unread: { paths: [trouble], exchanges: [...exchanges] } } : {};
  return {
    ...{ said, attempted: calledMs !== null && !notSent, sentAt, raw: [...raw], simulated, breaker },
    ...unread,
  };
}

interface Told {
  readonly seen: Seen;
  readonly log: AdapterLog;
  readonly agency: Agency;
}

/** The edge of what adapters write: an answer that cannot be kept, or that nobody sent, must not get any further. */
function checked(said: Said, { seen, log, agency }: Told): Said {
  const parsed = saidSchema.safeParse(said);
  const isUnfounded = said.verdict !== 'no-answer' && seen.raw.length === 0;
  if (parsed.success && !isUnfounded) return said;
  const at = parsed.success ? 'no message' : pathsOf(parsed.error.issues);
  seen.trouble = at;
  log.warn('adapter.failed', { agencyId: agency.agencyId, error: 'InvalidSaid', at });
  return defect;
}

const mostTrouble = 500;

/** Any other error is a defect of the adapter. Its message may quote the payload, so only its name is logged. */
function saidOf(error: unknown, { seen, log, agency: { agencyId } }: Told): Said {
  if (!(error instanceof NoAnswer)) {
    seen.trouble = `adapter: ${error instanceof Error ? error.name : typeof error}`;
    log.warn('adapter.failed', { agencyId, error: error instanceof Error ? error.name : typeof error });
    return defect;
  }
  const { reason, reasonCode, retryAfterMs, message } = error;
  seen.trouble = message.slice(0, mostTrouble);
  if (failurePolicy[reason].alarm === 'at-once') log.warn('agency.failed', { agencyId, reason, message });
  return noAnswerSaid(reason, { reasonCode, retryAfterMs });
}

function measure(
  { onExchange }: AskingParts,
  { agencyId }: Agency,
  times: { startedMs: number; calledMs: number | null },
): void {
  const endedMs = performance.now();
  const calledMs = times.calledMs ?? endedMs;
  onExchange({ agencyId, phase: 'pace', ms: calledMs - times.startedMs });
  if (times.calledMs !== null) onExchange({ agencyId, phase: 'call', ms: endedMs - calledMs });
}
