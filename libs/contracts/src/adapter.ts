import type { z } from 'zod';
import type { Agency } from './agency.ts';
import type { Said } from './answer.ts';
import type { Inquiry } from './inquiry.ts';
import type { Manifest } from './manifest.ts';

/** A reply as bytes: decoded by profile, never by its declaration (WIRE-1). */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpOptions {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Statuses that come back as replies; [200] unless given. From 400 on only with a body that is no page. */
  readonly accepts?: readonly number[];
  readonly signal: AbortSignal;
}

/**
 * The endpoint of one asking: address, credentials of the transport and limits are already in it, and every message is
 * kept raw and hashed. Status 200 comes back as a reply; every other outcome is thrown as NoAnswer with its reason.
 */
export interface HttpPort {
  send(path: string, options: HttpOptions): Promise<HttpReply>;
}

/** Log lines about our own work: event names, counts and our own ids, nothing an agency or an officer wrote. */
export interface AdapterLog {
  warn(event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** One asking (请求): which agency, under which request number, over which endpoint. */
export interface Asking {
  readonly agency: Agency;
  readonly requestNumber: string; // stable for this inquiry and agency, also when tried again
  readonly http: HttpPort;
}

/**
 * What an agency that takes its time gave us to collect its answer with (受理号). Opaque to everybody but the adapter, kept
 * sealed with the asking, at most 4,000 characters.
 */
export type Ticket = string;

/**
 * What came of one exchange in mode `ticket`. With a ticket there is more to collect, whatever was said so far: usually
 * `pending`, or `found` with `complete: false` when a part has come. Without one the agency has said all it will say.
 */
export interface Ticketed {
  readonly said: Said;
  readonly ticket: Ticket | null;
}

/** What arrived at a door: a request an agency sent to us. */
export interface DoorRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface DoorReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A task lying in an agency's mailbox: handed out again until it is fed back. */
export interface MailboxTask {
  readonly requestNumber: string;
  readonly agency: Agency;
  readonly inquiry: Inquiry;
}

/** A legal document or card picture as an agency fetches it. */
export interface CaseDocument {
  readonly fileName: string;
  readonly fileType: string; // pdf, jpg, png
  readonly bytes: Uint8Array;
}

export interface OfficerCards {
  readonly officerName: string;
  readonly workCardNo: string | null;
  readonly workCard: CaseDocument | null;
  readonly dutyCardNo: string | null;
  readonly dutyCard: CaseDocument | null;
}

/** accepted: first answer; repeated: the same again; changed: another content for an answered number; unknown: not this agency's. */
export type FeedbackOutcome = 'accepted' | 'repeated' | 'changed' | 'unknown';

export interface Feedback {
  readonly requestNumber: string;
  readonly said: Said;
}

/** The mailboxes behind a door. Every call is bound to the agency whose credentials were shown. */
export interface Mailbox {
  /** Open tasks of the agency, oldest first, at most `limit`; marks them as handed out. */
  handOut(agencyId: string, limit: number, signal: AbortSignal): Promise<readonly MailboxTask[]>;
  /** The task under this request number, if it is this agency's; null otherwise. */
  find(agencyId: string, requestNumber: string, signal: AbortSignal): Promise<MailboxTask | null>;
  /** The documents with this number (文书编号) that stand behind one of the agency's tasks. */
  documents(agencyId: string, documentNumber: string, signal: AbortSignal): Promise<readonly CaseDocument[]>;
  cards(agencyId: string, requestNumber: string, signal: AbortSignal): Promise<OfficerCards | null>;
  /** Journals the answer durably before it resolves. */
  feedBack(agencyId: string, feedback: Feedback, signal: AbortSignal): Promise<FeedbackOutcome>;
  /** Keeps bytes that could not be understood; `paths` name what was wrong, never a value. */
  quarantine(agencyId: string | null, paths: readonly string[], signal: AbortSignal): Promise<void>;
  /** Says that the credentials of this call are nobody's, so that guessing has an end. */
  loginRefused?(): void;
}

/** A file with its name: a package on its way out, or one that came in. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file that lies in a box. */
export interface BoxFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** It is not being written any more, as far as the box can tell, and is small enough to be read. */
  readonly state: 'growing' | 'complete' | 'too-large';
}

/**
 * The folders through which we exchange files with one agency. Every call ends at the signal or after the deadline of the
 * box, and throws NoAnswer: `unauthorized` when our login is not accepted, `unavailable` or `timed-out` otherwise.
 */
export interface FileBox {
  /** What the agency dropped for us, by name, at most a bounded number. Files still called `.part` are not shown. */
  list(signal: AbortSignal): Promise<readonly BoxFile[]>;
  read(name: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Lays a file out for the agency: under `.part` first, then renamed. The same name again replaces it. */
  put(file: NamedBytes, signal: AbortSignal): Promise<void>;
  /**
   * Takes a file that has been dealt with out of the way, under this name. Nothing is deleted. A file that was changed
   * since it was listed stays, and is listed again.
   */
  archive(name: string, as: string, signal: AbortSignal): Promise<void>;
}

/** An open connection to the boxes of a channel. */
export interface FileBoxes {
  of(agency: Agency): FileBox;
  close(): Promise<void>;
}

/** One task with what travels beside it in a package. */
export interface PackedTask {
  readonly task: MailboxTask;
  readonly documents: readonly CaseDocument[];
  readonly cards: OfficerCards | null;
}

/** Tasks of one agency that travel together. The same one always makes the same bytes under the same name. */
export interface PackageToSend {
  readonly batchNumber: string; // 30 digits, never used twice in a channel
  readonly agency: Agency;
  readonly tasks: readonly PackedTask[];
}

/** What became of one request number of a package that came in, for the receipt. */
export interface ReceiptLine {
  readonly requestNumber: string;
  readonly outcome: FeedbackOutcome | 'unreadable';
}

/** A package that an agency dropped, opened. `complaints` name what was wrong in it as paths, never a value. */
export interface ArrivedPackage {
  readonly batchNumber: string;
  readonly requestNumbers: readonly string[];
  readonly complaints: readonly string[];
  /** A batch comes back whole: tasks that were sent under this batch number and are missing here have no answer. */
  readonly isWholeBatch: boolean;
  /** What it says of one of our tasks whose number is in it. */
  said(task: MailboxTask): Said;
  /** The receipt we owe for it, in the profile's own form. */
  receipt(lines: readonly ReceiptLine[]): NamedBytes;
}

/** Mode `batch`: tasks and answers travel as files. Nothing here waits, repeats or remembers. */
export interface BatchSession {
  readonly scanEveryMs: number; // how often the boxes are looked into
  readonly maxTasksPerPackage: number;
  connect(signal: AbortSignal): Promise<FileBoxes>;
  pack(content: PackageToSend): NamedBytes;
  /** Throws NoAnswer `unintelligible` when the file is no package of this agency, or cannot be opened. */
  unpack(agency: Agency, file: NamedBytes): ArrivedPackage;
}

/** Everything an adapter gets from outside when a channel is opened. */
export interface AdapterPorts<Settings> {
  readonly settings: Settings;
  readonly log: AdapterLog;
  /** The agencies of this channel by id: whom a login or code on the wire belongs to. */
  readonly agencies: ReadonlyMap<string, Agency>;
  /** The secret behind a reference; throws at open time when it is missing. */
  readonly secret: (name: string) => string;
  readonly now: () => Date;
  /** `allowedNetworks` of the channel, for adapters that open connections through the kit; left out: none. */
  readonly allowedNetworks?: readonly string[];
}

/**
 * One open channel, seen from the adapter. It does not retry, wait, break circuits, read the environment or know of a
 * queue. What an agency says is returned; what goes wrong on the way is thrown as NoAnswer.
 */
export interface AdapterSession {
  /** Mode `call`: asks one agency. */
  ask?(inquiry: Inquiry, asking: Asking, signal: AbortSignal): Promise<Said>;
  /** Mode `ticket`: sends the asking; the answer may come at once. */
  submit?(inquiry: Inquiry, asking: Asking, signal: AbortSignal): Promise<Ticketed>;
  /** Mode `ticket`: asks whether the answer is ready. Collecting is no new asking: same request number, same ticket. */
  collect?(inquiry: Inquiry, asking: Asking & { readonly ticket: Ticket }, signal: AbortSignal): Promise<Ticketed>;
  /**
   * Modes `mailbox` and `batch`: can this task be sent at all? Null, or the answer that stands instead of sending
   * (a name the wire cannot carry is never sent mangled).
   */
  unsendable?(inquiry: Inquiry, agency: Agency): Said | null;
  /** Mode `mailbox`: plays our side of the profile's door. Always replies in the profile's own form, also to errors. */
  receive?(request: DoorRequest, mailbox: Mailbox, signal: AbortSignal): Promise<DoorReply>;
  /** Mode `mailbox`: the paths of the door, such as `/doors/bank-national`. */
  readonly doorPaths?: readonly string[];
  /** Mode `batch`. */
  readonly batch?: BatchSession;
  close?(): Promise<void>;
}

/** What an adapter folder exports: plain data and one way in. */
export interface Adapter<Settings extends z.ZodType = z.ZodType> {
  readonly manifest: Manifest;
  readonly settings: Settings;
  open(ports: AdapterPorts<z.infer<Settings>>): AdapterSession;
}
