import type { ColumnType, Kysely, Transaction as KyselyTransaction } from 'kysely';

/** Sealed bytes; what is in them is said beside the column. */
type Sealed = ColumnType<Buffer, Uint8Array, Uint8Array>;
type SealedOrNull = ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
/** jsonb: written as text, read as unknown and parsed by whoever reads it. */
type Json = ColumnType<unknown, string, string>;
type WithDefault<T> = ColumnType<T, T | undefined, T>;

type CasesTable = {
  case_id: string;
  court_code: string;
  court_name: string;
  case_number: string;
  legal_basis: string;
  claim_amount: string | null; // decimal string
  claim_currency: string | null;
  filed_on: string | null; // date, read as text
  execution_notice_on: string | null;
  state: WithDefault<string>;
  version: WithDefault<number>; // grows with every change
  preservation_amount: string | null; // all four or none
  preservation_currency: string | null;
  preservation_document: string | null;
  preservation_file_id: string | null;
  warnings: Json;
  created_by: string;
  created_at: Date;
};

type DebtorsTable = {
  debtor_id: string;
  case_id: string;
  court_code: string;
  body: Sealed; // { debtor, warnings }
  id_indexes: string[]; // blind indexes of the normalised identifiers
  created_at: Date;
};

type FilesTable = {
  file_id: string;
  court_code: string;
  created_by: string;
  file_type: string;
  size_bytes: number;
  hash: string;
  name: Sealed; // file names hold names of people
  content: Sealed;
  created_at: Date;
};

type IdempotencyKeysTable = {
  caller: string;
  method: string;
  path: string;
  key: string;
  fingerprint: string;
  status: number;
  location: string | null;
  body: Json;
  expires_at: Date;
};

type InquiriesTable = {
  inquiry_id: string;
  case_id: string;
  debtor_id: string;
  court_code: string;
  purpose: string;
  requested_by: string;
  requested_at: Date;
  due_at: Date;
  close_at: Date;
  document_file_id: string | null;
  document_index: string; // blind index of the document number
  body: Sealed; // Inquiry
  unasked: Sealed; // planned lines that are not asked
  asked_count: number;
  unasked_count: number;
  closed_at: WithDefault<Date | null>;
  cancelled_at: WithDefault<Date | null>;
  cancelled_by: WithDefault<string | null>;
  last_seq: WithDefault<number>; // newest answer or event
  state_seq: WithDefault<number>; // newest one that can change a report
  merged_seq: WithDefault<number>; // newest one in a report; -1: none yet
  merge_due: WithDefault<boolean>;
  latest_report_id: WithDefault<string | null>;
  latest_report_version: WithDefault<number>;
  latest_report_at: WithDefault<Date | null>;
  latest_content_hash: WithDefault<string | null>;
};

type ShardsTable = {
  inquiry_id: string;
  channel_id: string;
  shard_no: number;
  mode: string;
  agency_ids: string[];
  lines: Sealed; // planned lines of the shard
  generation: WithDefault<number>; // grows with every re-query
  fence: WithDefault<number>;
  settled: WithDefault<boolean>;
  next_at: WithDefault<Date | null>;
  worker_id: WithDefault<string | null>;
};

type InquiryEventsTable = {
  inquiry_id: string;
  seq: number;
  kind: string;
  at: Date;
  by_user: string | null;
  agency_ids: string[] | null; // requeried and cancelled lines
  report_id: string | null;
  report_version: number | null;
};

/** The journal: a row is a batch of answers of one inquiry. Position i of every array but `shards` is its answer i. */
export type AnswersTable = {
  inquiry_id: string;
  seq: number;
  batch_id: string; // the first answer's id
  shards: string[]; // those the answers belong to, `<channel>/<number>`
  at: Date;
  agency_ids: string[];
  categories: string[];
  verdicts: string[];
  reasons: (string | null)[];
  complete: (boolean | null)[];
  identity_matched: (boolean | null)[];
  asset_counts: (number | null)[];
  settled: boolean[];
  received_at: Date[];
  payload: Sealed; // the answers
  raw_payload: SealedOrNull; // the messages behind them
};

type MailboxTasksTable = {
  channel_id: string;
  request_number: string;
  inquiry_id: string;
  agency_id: string;
  shard_no: number;
  state: WithDefault<'held' | 'open' | 'answered' | 'withdrawn'>;
  delivered_at: Date | null;
  first_handed_at: Date | null;
  hand_outs: number;
  content_hashes: string[]; // `<part> <content hash>` of every feedback taken
};

type ReportsTable = {
  report_id: string;
  inquiry_id: string;
  court_code: string;
  report_version: number;
  supersedes: string | null;
  content_hash: string;
  cause: string;
  counts: Json;
  sentence: Json;
  body: Sealed; // ReportBody
  signature: Json; // null in rows from before versions were signed
  created_at: Date;
};

type WorkersTable = {
  worker_id: string;
  started_at: Date;
  control: string | null;
  channels: string[];
  at: Date;
  in_flight: number;
  breakers: Json;
};

type ManifestsTable = { channel_id: string; manifest: Json; announced_at: Date };
type AgencyStatesTable = { agency_id: string; last_polled_at: Date };

type PausesTable = {
  channel_id: string;
  agency_id: string; // '': the whole channel
  reason: string;
  paused_by: string;
  paused_at: Date;
};

type QuarantineTable = {
  quarantine_id: string;
  channel_id: string;
  agency_id: string | null;
  paths: string[];
  size_bytes: number;
  payload: Sealed | null;
  at: Date;
};

export type Database = {
  cases: CasesTable;
  debtors: DebtorsTable;
  files: FilesTable;
  idempotency_keys: IdempotencyKeysTable;
  inquiries: InquiriesTable;
  shards: ShardsTable;
  inquiry_events: InquiryEventsTable;
  answers: AnswersTable;
  mailbox_tasks: MailboxTasksTable;
  reports: ReportsTable;
  workers: WorkersTable;
  manifests: ManifestsTable;
  agency_states: AgencyStatesTable;
  pauses: PausesTable;
  quarantine: QuarantineTable;
};

/** The database, or a transaction in it. */
export type Db = Kysely<Database>;
/** Handed to the work of `idempotency.run` and given on to `inquiries.create`; nobody outside looks into it. */
export type Transaction = KyselyTransaction<Database>;
