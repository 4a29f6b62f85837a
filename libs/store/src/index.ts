export type { Adapters, LiveWorker } from './adapters.ts';
export type { Agencies } from './agencies.ts';
export type { AgencyHistories, HistoryToAdd, Joined, JoinHistory } from './agency-histories.ts';
export type { AssignmentEnd, Assignments, AssignmentToMake, StoredAssignment } from './assignments.ts';
export type { JournalAnswer } from './answer-batch.ts';
export type { CancellationToMake } from './cancellation.ts';
export type { BreakerPage, Breakers } from './breakers.ts';
export type { BreakerSharing, ChannelBreakers, SharingOptions } from './breaker-sharing.ts';
export type { HandAnswer, HandStatement, StatementTaken } from './answer-by-hand.ts';
export type { CaseSearch, Described } from './case-search.ts';
export { deskPosition, type Desk, type DeskPage } from './desk.ts';
export type { CaseNotes } from './case-notes.ts';
export type { CasePage, Cases, CaseToCreate } from './cases.ts';
export type { ApprovalHead, StoredApproval } from './approval-rows.ts';
export type { Approvals, ApprovalScope } from './approvals.ts';
export type { AskedBefore, Askings } from './asked-before.ts';
export type { DebtorMarks } from './debtor-marks.ts';
export type { Emergencies } from './emergencies.ts';
export type { Comparisons, StoredComparison } from './comparisons.ts';
export type { Controls, Pause, PausePlace, PauseToMake } from './controls.ts';
export type { DataKeys, KeyAct, Rotation } from './data-keys.ts';
export type { Transaction } from './database.ts';
export type { StoredDebtor } from './debtor-row.ts';
export type { Debtors, DebtorToCreate } from './debtors.ts';
export type { Events } from './events.ts';
export type { Exports, ExportToKeep } from './exports.ts';
export type { Files, FileToCreate, StoredFile } from './files.ts';
export type { Holds, HoldToPlace } from './holds.ts';
export type { CaseReader, HandOvers, HandOverToMake } from './hand-overs.ts';
export type { Idempotency, IdempotentOutcome, Intent, Outcome } from './idempotency.ts';
export type { Inquiries } from './inquiries.ts';
export type { InquiryToCreate } from './inquiry-creation.ts';
export type { Cancellation, InquiryHead, InquiryPage, StoredInquiry } from './inquiry-rows.ts';
export type { Appended } from './journal-append.ts';
export type { JournalEntry } from './journal-entry.ts';
export type { AnswerKey, KeptAnswer } from './kept-answer.ts';
export type { Journal, JournalRow, JournalSummary } from './journal.ts';
export { readKeysStatus, type KeysStatus } from './keys-status.ts';
export type { LedgerPlace } from './ledger-append.ts';
export type { Checkpoints, StoredCheckpoint } from './ledger-checkpoints.ts';
export type { LedgerPack } from './ledger-packs.ts';
export type { AuditFilter, LedgerEvent, StoredLedgerRow } from './ledger-reading.ts';
export { openLedgerReader, type LedgerReader } from './ledger-reader.ts';
export type { Ledger } from './ledger.ts';
export type { Listening, ListenOptions } from './listening.ts';
export type { FeedbackTaken, FeedbackToTake } from './mailbox-feedback.ts';
export type { DocumentKey, FoundTask, HandedTask, MailboxOwner, TaskKey, TaskProgress } from './mailbox-tasks.ts';
export type { MailboxTasks } from './mailbox.ts';
export { migrate } from './migrate.ts';
export { openStore, type Store, type StoreOptions } from './open-store.ts';
export type { OpenShard } from './open-work.ts';
export type { OperationsEventPage, OperationsEvents, OperationsEventToTell } from './operations-events.ts';
export type {
  Arrival,
  ArrivedFile,
  ArrivedState,
  AssignedPackage,
  PackageKey,
  Packages,
  SentPackage,
} from './packages.ts';
export type { ManualPage, ManualScope, OpenManualTask } from './manual-tasks.ts';
export type { OpenLinesOfInquiry } from './open-lines.ts';
export type { HeldMessage, Quarantine, Quarantined, ToQuarantine } from './quarantine.ts';
export type { Reports, VersionToAppend } from './reports.ts';
export type { SealedVersion } from './sealed-versions.ts';
export type { Culled, CullQuestion, Retention } from './retention/retention.ts';
export type { RefusalPolicy } from './refusal-standing.ts';
export type { Refusal, RefusalCounts, RefusalEntryOf, Refusals, RefusedAddress, RefusedWay } from './refusals.ts';
export type { ReportMaterial } from './report-material.ts';
export type { AskedAgain } from './requery-history.ts';
export type { ReopenedShard, Requeried, RequeryToMake } from './requery.ts';
export type { DueRun, Schedules, ScheduleToMake, SentRun } from './schedules.ts';
export type { EndedSession, SessionMarks, Sessions, SessionToOpen, SessionUse, StoredSession } from './sessions.ts';
export type { AskedSoFar, Shards, ShardState, ShardToTake, ShardWork } from './shards.ts';
export type { SilenceQuestion, SilentAgency } from './silent-agencies.ts';
export type { SigningKeys } from './signing-keys.ts';
export type { LedgerHash, StoreKeyring, StoreKeys, StoreLog, StoreSigner } from './store-context.ts';
export { codeOf, StoreFault, type StoreFaultCode } from './store-fault.ts';
export type { HeldTicket, LateTicket, TicketKey, Tickets, TicketToHold } from './tickets.ts';
export type { KnownToken, TokenPage, TokenPlace, Tokens, TokenToCreate } from './tokens.ts';
export type { UsedMarks } from './used-marks.ts';
export { EmbeddedFailure } from './embedded/embedded-failure.ts';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/embedded-postgres.ts';
export type { RoleChange, RoleChanges, RoleChangeToMake } from './role-changes.ts';
export type { ImportContent, ImportOutcome, Imports, ImportSurroundings, StoredImport } from './imports.ts';
