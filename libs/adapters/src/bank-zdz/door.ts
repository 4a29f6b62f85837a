import { element, readSoapCall, soapFault, soapReply, type XmlElement } from '#adapter-kit';
import { NoAnswer, type AdapterPorts, type Agency, type DoorReply, type DoorRequest, type Mailbox } from '#contracts';
import {
  queryFeedback,
  receipt,
  refusal,
  takeDelivery,
  transactionFeedback,
  type Delivery,
  type Phase,
} from './feedback.ts';
import { openLogins, readLogin } from './login.ts';
import type { DoorSettings } from './settings.ts';
import { keysIn, toCardList, toTaskList, toWritList, unsendable } from './tasks.ts';
import { attempt, sealMessage } from './wire.ts';

/** One operation of the court's service: what it does, and how it declines. Every reply has the operation's own form. */
interface Operation {
  readonly run: (call: Delivery) => Promise<XmlElement>;
  readonly decline: (errorMsg: string, settings: DoorSettings) => XmlElement;
}

const declineAs = (name: string) => (errorMsg: string) => element(name, { attributes: { errorMsg } });

const taking = (phase: Phase): Operation => ({
  run: (call) => takeDelivery(call, phase),
  decline: (errorMsg, settings) => receipt([], { list: phase.receiptList(settings), errorMsg }),
});

/** Operations of transport W, query side (bank-zdz.md §1.1), by name. */
const operations: Readonly<Record<string, Operation>> = {
  getXzcxList: { run: handOutTasks, decline: declineAs('cxqqList') },
  getXzkzList: {
    run: async () => element('kzqqList', { attributes: { errorMsg: '' } }), // we send no measures
    decline: declineAs('kzqqList'),
  },
  cxwsInfo: { run: handOutWrits, decline: declineAs('wsinfoList') },
  zjInfo: { run: handOutCards, decline: declineAs('zjinfoList') },
  shfeedXzcxInfo: taking(queryFeedback),
  shfeedXzcxwlxxInfo: taking(transactionFeedback),
  htInfo: taking(refusal),
};
const spelling = new Map(Object.keys(operations).map((name) => [name.toLowerCase(), name]));

type Receive = (request: DoorRequest, mailbox: Mailbox, signal: AbortSignal) => Promise<DoorReply>;

/**
 * Plays the court's SOAP service: the bank calls, we hand out and take in (bank-zdz.md §1). Replies in the profile's own
 * form whatever happens; only a call that was cancelled is left unanswered.
 */
export function openDoor(ports: AdapterPorts<DoorSettings>): Receive {
  const { settings, log } = ports;
  const logins = openLogins({ door: settings.door, agencies: ports.agencies, secret: ports.secret });
  return async (request, mailbox, signal) => {
    if (signal.aborted) throw cancelled();
    if (request.method !== 'POST') return faultReply('Client', 'POST a SOAP call', 405);
    const read = attempt(() => readSoapCall(request.body));
    if ('failure' in read) {
      await mailbox.quarantine(null, [read.failure.message], signal);
      return faultReply('Client', 'not a SOAP call');
    }
    const name = spelling.get(read.value.operation.toLowerCase());
    const operation = name === undefined ? undefined : operations[name];
    const { login, content } = readLogin(read.value.args);
    const agency = login && logins.agencyOf(login);
    if (name === undefined || operation === undefined) {
      if (agency) await mailbox.quarantine(agency.agencyId, ['an operation that is not offered'], signal);
      return faultReply('Client', 'unknown operation');
    }
    if (!agency) {
      log.warn('door.login-refused', { operation: name });
      mailbox.loginRefused?.();
      return sealedReply(name, operation.decline('用户名或密码错误', settings), settings);
    }
    try {
      const result = await operation.run({ agency, content, settings, mailbox, signal });
      return sealedReply(name, result, settings);
    } catch (error) {
      if (signal.aborted) throw cancelled();
      log.warn('adapter.failed', { agencyId: agency.agencyId, operation: name, error: nameOf(error) });
      return faultReply('Server', 'try again later');
    }
  };
}

async function handOutTasks({ agency, settings, mailbox, signal }: Delivery): Promise<XmlElement> {
  const tasks = await mailbox.handOut(agency.agencyId, settings.door.maxTasksPerFetch, signal);
  return toTaskList(
    tasks.filter((task) => isFor(agency, task.agency) && unsendable(task, settings) === null),
    settings,
  );
}

const isFor = (agency: Agency, other: Agency): boolean => agency.agencyId === other.agencyId;

/** One writ number may be written in several ways; the first that is known counts. */
async function handOutWrits({ agency, content, settings, mailbox, signal }: Delivery): Promise<XmlElement> {
  for (const number of keysIn(content ?? '', 'WSBH')) {
    const documents = await mailbox.documents(agency.agencyId, number, signal);
    if (documents.length > 0) return toWritList(number, documents, settings);
  }
  return toWritList('', [], settings);
}

async function handOutCards({ agency, content, mailbox, signal }: Delivery): Promise<XmlElement> {
  for (const number of keysIn(content ?? '', 'BDHM')) {
    const cards = await mailbox.cards(agency.agencyId, number, signal);
    if (cards !== null) return toCardList(number, cards);
  }
  return toCardList('', null);
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

const cancelled = (): NoAnswer => new NoAnswer('cancelled', 'the call at the door was cancelled');

function sealedReply(operation: string, result: XmlElement, { door }: DoorSettings): DoorReply {
  return reply(200, soapReply(door.namespace, operation, sealMessage(result)));
}

const faultReply = (code: string, text: string, status = 500): DoorReply => reply(status, soapFault(code, text));

function reply(status: number, envelope: string): DoorReply {
  return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: new TextEncoder().encode(envelope) };
}
