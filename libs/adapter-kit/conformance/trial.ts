import assert from 'node:assert/strict';
import { NoAnswer, noAnswerSaid } from '#contracts';
import type {
  Adapter,
  AdapterPorts,
  AdapterSession,
  Agency,
  ChannelConfig,
  DoorReply,
  DoorRequest,
  Inquiry,
  MailboxTask,
  Said,
  Ticket,
  Ticketed,
} from '#contracts';
import { openHttp } from '../src/http-port.ts';
import { fakeEndpoint, type FakeEndpoint } from './fake-endpoint.ts';
import { readFixtures, type Fixture } from './fixtures.ts';
import { inquiryAbout, now, requestNumber } from './given.ts';
import { memoryMailbox, type MemoryMailbox } from './memory-mailbox.ts';

/** One call at a door, in readable form. */
export interface DoorCall {
  readonly operation: string;
  readonly body: string;
  readonly agencyId: string;
  readonly login: 'right' | 'wrong';
}

export interface TrialOptions {
  readonly folder: URL; // the adapter's folder
  readonly settings: Readonly<Record<string, unknown>>; // settings it must accept
  readonly config?: Partial<ChannelConfig>; // `mode` chooses among the modes of the manifest
  readonly agencies: readonly Agency[]; // mode mailbox: two at least
  readonly secrets: Readonly<Record<string, string>>;
  /** A recorded reply as it travels, such as signed; whatever is no message of the wire stays as it is. */
  readonly encodeReply?: (body: Uint8Array | string) => Uint8Array | string;
  /** Mode mailbox: the readable call in the form of the wire, written independently of the adapter. */
  readonly encodeDoorCall?: (call: DoorCall) => DoorRequest;
  /** Mode mailbox: a reply of the adapter in readable form; UTF-8 unless given. */
  readonly decodeDoorReply?: (reply: DoorReply) => string;
  /** Mode mailbox: the call that fetches the open tasks. */
  readonly fetchTasks?: Pick<DoorCall, 'operation' | 'body'>;
}

/** An adapter on trial, opened against an endpoint or with mailboxes that do what a check tells them to. */
export interface Trial {
  readonly adapter: Adapter;
  readonly options: TrialOptions;
  readonly mode: ChannelConfig['mode'];
  readonly ports: AdapterPorts<unknown>;
  readonly session: AdapterSession;
  readonly agency: Agency;
  readonly fixtures: readonly Fixture[]; // of this mode
  readonly allFixtures: readonly Fixture[];
  readonly logged: readonly unknown[];
  readonly endpoint: FakeEndpoint;
  /**
   * Mode ticket: submits and collects, as long as a ticket is left and the condition holds; at most `mostSteps` steps.
   * A NoAnswer that is thrown ends it, as what was said with the ticket that stands.
   */
  steps(inquiry: Inquiry, given?: StepsWanted): Promise<readonly Ticketed[]>;
  /** Mode ticket: one step; without a ticket the asking is submitted. Throws what the adapter throws. */
  step(inquiry: Inquiry, ticket: Ticket | null, signal?: AbortSignal): Promise<Ticketed>;
  /** Asks once, or in mode ticket until there is nothing more to collect; a NoAnswer that is thrown comes back as what was said, anything else that is thrown fails the check. */
  ask(inquiry: Inquiry, signal?: AbortSignal): Promise<Said>;
  /** The failure of asking once: what was thrown. */
  failureOf(inquiry: Inquiry, signal?: AbortSignal): Promise<NoAnswer>;
  openMailbox(...tasks: readonly MailboxTask[]): MemoryMailbox;
  /** One call at the door; the readable form of the reply. */
  call(box: MemoryMailbox, call: Partial<DoorCall> & Pick<DoorCall, 'operation' | 'body'>): Promise<ReadReply>;
  /** A request at the door as it stands. */
  send(box: MemoryMailbox, request: DoorRequest, signal?: AbortSignal): Promise<ReadReply>;
}

export interface ReadReply {
  readonly status: number;
  readonly text: string;
}

const never = new AbortController().signal;
const mostSteps = 6;

export interface StepsWanted {
  readonly signal?: AbortSignal;
  readonly while?: () => boolean;
}

const ownModes = ['call', 'ticket'] as const; // of several, the first is tried

export const modeOf = ({ manifest }: Adapter, { config }: TrialOptions): ChannelConfig['mode'] =>
  config?.mode ?? ownModes.find((mode) => manifest.modes.includes(mode)) ?? manifest.modes[0] ?? 'call';

/** Opens the adapter as a channel would, with the settings of a fixture over those of the spec, and closes it after use. */
export async function withTrial(
  adapter: Adapter,
  given: TrialOptions & { readonly fixture?: Fixture },
  use: (trial: Trial) => Promise<void>,
): Promise<void> {
  const { fixture, ...options } = given;
  const endpoint = await fakeEndpoint(options.encodeReply);
  const http = openHttp({
    baseUrl: baseUrlOf(options, endpoint),
    maxReplyBytes: 4_194_304,
    connections: 8,
    simulatedHeader: 'x-chakong-simulated',
    allowedNetworks: ['127.0.0.0/8'],
  });
  const logged: unknown[] = [];
  const ports: AdapterPorts<unknown> = {
    settings: adapter.settings.parse({ ...options.settings, ...fixture?.settings }),
    log: { warn: (event, fields) => void logged.push(event, fields) },
    agencies: new Map(options.agencies.map((agency) => [agency.agencyId, agency])),
    secret: (name) =>
      options.secrets[name] ?? assert.fail(`the adapter asks for the secret ${name}, which the spec does not give`),
    now,
  };
  const session = adapter.open(ports);
  try {
    await use(trialOf({ adapter, options, ports, session, endpoint, logged, http }));
  } finally {
    await session.close?.();
    await http.close();
    await endpoint.close();
  }
}

type Opened = Pick<Trial, 'adapter' | 'options' | 'ports' | 'session' | 'endpoint' | 'logged'> & {
  readonly http: ReturnType<typeof openHttp>;
};

function trialOf({ http, ...opened }: Opened): Trial {
  const { adapter, options } = opened;
  const mode = modeOf(adapter, options);
  const allFixtures = readFixtures(options.folder);
  const [agency] = options.agencies;
  assert.ok(agency, 'the spec gives no agency');
  const trial: Trial = {
    ...opened,
    mode,
    agency,
    allFixtures,
    fixtures: allFixtures.filter((each) => each.mode === mode),
    ask(inquiry, signal = never) {
      return asking(this, inquiry, signal).catch((error: unknown) => {
        assert.ok(error instanceof NoAnswer, `only NoAnswer may leave an adapter, not ${String(error)}`);
        return noAnswerSaid(error.reason, { reasonCode: error.reasonCode, retryAfterMs: error.retryAfterMs });
      });
    },
    async failureOf(inquiry, signal = never) {
      const error = await asking(this, inquiry, signal).then(
        () => assert.fail('expected a failure, got an answer'),
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof NoAnswer, `only NoAnswer may leave an adapter, not ${String(error)}`);
      return error;
    },
    async step(inquiry, ticket, signal = never) {
      const { submit, collect } = this.session;
      assert.ok(submit && collect, 'the session has no submit, or no collect');
      const recorder = { message: () => undefined, simulated: () => undefined };
      const own = { agency, requestNumber, http: http.portFor(agency, recorder) };
      return ticket === null ? submit(inquiry, own, signal) : collect(inquiry, { ...own, ticket }, signal);
    },
    async steps(inquiry, { signal = never, while: goesOn = () => true } = {}) {
      const steps: Ticketed[] = [];
      let ticket: Ticket | null = null;
      do {
        const taken: Ticketed = await this.step(inquiry, ticket, signal).catch(asSaid(ticket));
        steps.push(taken);
        if (taken.ticket === ticket && isFailure(taken)) break;
        ticket = taken.ticket;
      } while (ticket !== null && steps.length < mostSteps && goesOn());
      return steps;
    },
    openMailbox: (...tasks) => memoryMailbox(tasks),
    call(box, call) {
      assert.ok(options.encodeDoorCall, 'the spec gives no encodeDoorCall');
      return this.send(box, options.encodeDoorCall({ agencyId: agency.agencyId, login: 'right', ...call }));
    },
    async send(box, request, signal = never) {
      assert.ok(this.session.receive, 'the session has no receive');
      const reply = await this.session.receive(request, box.mailbox, signal);
      return {
        status: reply.status,
        text: options.decodeDoorReply?.(reply) ?? Buffer.from(reply.body).toString('utf8'),
      };
    },
  };
  const asking = async (tried: Trial, inquiry: Inquiry, signal: AbortSignal): Promise<Said> => {
    const { session } = tried;
    if (mode === 'ticket') return collected(tried, inquiry, signal);
    assert.ok(session.ask, 'the session has no ask');
    const recorder = { message: () => undefined, simulated: () => undefined };
    return session.ask(inquiry, { agency, requestNumber, http: http.portFor(agency, recorder) }, signal);
  };
  return trial;
}

/** Submits and collects until there is nothing more to collect; whatever is thrown on the way is thrown. */
async function collected(trial: Trial, inquiry: Inquiry, signal: AbortSignal): Promise<Said> {
  let taken = await trial.step(inquiry, null, signal);
  for (let step = 1; taken.ticket !== null && step < mostSteps; step += 1) {
    taken = await trial.step(inquiry, taken.ticket, signal);
  }
  return taken.said;
}

const asSaid =
  (ticket: Ticket | null) =>
  (error: unknown): Ticketed => {
    assert.ok(error instanceof NoAnswer, `only NoAnswer may leave an adapter, not ${String(error)}`);
    const { reason, reasonCode, retryAfterMs } = error;
    return { said: noAnswerSaid(reason, { reasonCode, retryAfterMs }), ticket };
  };

const isFailure = ({ said }: Ticketed): boolean => said.verdict === 'no-answer' && said.reason !== 'pending';

/** The path of the channel's address, on the endpoint of the kit. */
function baseUrlOf({ config }: TrialOptions, { url }: FakeEndpoint): string {
  const path = config?.baseUrl == null ? '' : config.baseUrl.replace(/^[a-z]+:\/\/[^/]+/, '');
  return url + path;
}

/** A task as it lies in the mailbox of an agency. */
export function taskFor({
  agency,
  requestNumber: number,
  fixture,
}: {
  agency: Agency;
  requestNumber: string;
  fixture?: Fixture;
}): MailboxTask {
  return { requestNumber: number, agency, inquiry: inquiryAbout(fixture?.debtor ?? 'person') };
}
