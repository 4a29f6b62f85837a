// oxlint-disable max-lines -- the front door: one list of names
export type {
  Adapter,
  AdapterLog,
  AdapterPorts,
  AdapterSession,
  ArrivedPackage,
  Asking,
  BatchSession,
  BoxFile,
  CaseDocument,
  DoorReply,
  DoorRequest,
  Feedback,
  FeedbackOutcome,
  FileBox,
  FileBoxes,
  HttpOptions,
  HttpPort,
  HttpReply,
  Mailbox,
  MailboxTask,
  NamedBytes,
  OfficerCards,
  PackageToSend,
  PackedTask,
  ReceiptLine,
  Ticket,
  Ticketed,
} from './adapter.ts';
export {
  auditActions,
  auditActionSchema,
  auditEntrySchema,
  auditRoleSchema,
  type AuditAction,
  type AuditEntry,
} from './audit.ts';
export { agencySchema, type Agency } from './agency.ts';
export { agencyHistorySchema, type AgencyHistory } from './agency-history.ts';
export {
  answerSchema,
  isSettled,
  noAnswerSaid,
  nothingDropped,
  saidSchema,
  type Answer,
  type AnswerStamp,
  type Dropped,
  type Said,
  type SaidFound,
  type SaidNoAnswer,
  type SaidNothing,
  type Section,
} from './answer.ts';
export {
  approvalItemSchema,
  approvalOutcomeSchema,
  approvalViewSchema,
  debtorMarkViewSchema,
  emergencyDecisionSchema,
  emergencyOutcomeSchema,
  emergencyReviewSchema,
  newApprovalDecisionSchema,
  newApprovalSchema,
  newDebtorMarkSchema,
  newEmergencyDecisionSchema,
  type ApprovalItem,
  type ApprovalOutcome,
  type ApprovalState,
  type ApprovalView,
  type DebtorMarkView,
  type EmergencyOutcome,
  type EmergencyReview,
  type NewApproval,
  type NewApprovalDecision,
  type NewDebtorMark,
  type NewEmergencyDecision,
} from './api/approvals.ts';
export {
  caseChangeSchema,
  caseViewSchema,
  debtorViewSchema,
  fileViewSchema,
  newCaseSchema,
  newDebtorSchema,
  type CaseChange,
  type CaseView,
  type DebtorView,
  type FileView,
  type NewCase,
  type NewDebtor,
} from './api/cases.ts';
export {
  cancellationViewSchema,
  inquiryItemSchema,
  inquiryViewSchema,
  lineViewSchema,
  newCancellationSchema,
  newInquirySchema,
  newRequerySchema,
  pageSchema,
  previewInquirySchema,
  previewViewSchema,
  reportVersionItemSchema,
  requeryViewSchema,
  type InquiryItem,
  type InquiryView,
  type LineView,
  type NewInquiry,
  type Page,
  type PreviewView,
  type ReportVersionItem,
  type Scope,
} from './api/inquiries.ts';
export {
  comparisonViewSchema,
  debtorVersionSchema,
  newComparisonSchema,
  noticeDraftSchema,
  type ComparedReport,
  type ComparisonView,
  type DebtorVersion,
  type NewComparison,
  type NoticeDraft,
} from './api/comparisons.ts';
export {
  caseNoteSchema,
  newCaseNoteSchema,
  newRunSendingSchema,
  newScheduleSchema,
  newScheduleStateSchema,
  scheduleStateSchema,
  scheduleRunStates,
  scheduleRunStateSchema,
  scheduleViewSchema,
  type CaseNote,
  type NewCaseNote,
  type NewRunSending,
  type NewSchedule,
  type NewScheduleState,
  type ScheduleRun,
  type ScheduleRunState,
  type ScheduleState,
  type ScheduleView,
} from './api/schedules.ts';
export { lineEventSchema, type InquiryEvent, type LineEvent } from './api/inquiry-events.ts';
export {
  channelCancellationViewSchema,
  inquiryPauseViewSchema,
  newChannelCancellationSchema,
  newInquiryPauseSchema,
  requeryCauseSchema,
  requeryItemSchema,
  type ChannelCancellationView,
  type InquiryPauseView,
  type RequeryCause,
  type RequeryItem,
} from './api/inquiry-life.ts';
export {
  heldBySchema,
  manualAnswerViewSchema,
  manualFormViewSchema,
  manualTaskSchema,
  newStatementSchema,
  statementViewSchema,
  type ManualAnswerView,
  type ManualTask,
  type NewStatement,
} from './api/manual.ts';
export {
  agencyViewSchema,
  channelViewSchema,
  healthSchema,
  meViewSchema,
  newBreakerResetSchema,
  newPauseSchema,
  operationViewSchema,
  type AgencyView,
  type ChannelView,
  type Health,
  type MeView,
} from './api/operations.ts';
export {
  problemItemSchema,
  problemSchema,
  problemStatus,
  type Problem,
  type ProblemCode,
  type ProblemItem,
} from './api/problem.ts';
export { assetKinds } from './assets/asset-kinds.ts';
export {
  assetSchema,
  foundAssetSchema,
  optionalAssetFields,
  type Asset,
  type AssetKind,
  type FoundAsset,
  type Provenance,
} from './assets/asset.ts';
export {
  accountClasses,
  accountStatuses,
  type Holding,
  type SubAccount,
  type Transaction,
} from './assets/deposit-account.ts';
export { rightKinds } from './assets/real-estate.ts';
export { plateClasses, vehicleStatuses } from './assets/vehicle.ts';
export {
  categories,
  categorySchema,
  modeSchema,
  sectionNames,
  takesTasks,
  taskModes,
  type Category,
  type MatchKey,
  type MatchRule,
  type Mode,
  type SectionName,
} from './category.ts';
export {
  breakerCauseSchema,
  breakerStateSchema,
  breakerTransitionSchema,
  type BreakerCause,
  type BreakerChange,
  type BreakerState,
  type BreakerTransition,
  type ProbeClaim,
  type SharedBreaker,
} from './breaker.ts';
export { channelConfigSchema, type BreakerPolicy, type ChannelConfig, type RetryPolicy } from './channel.ts';
export { secretRefSchema, type ChannelTls, type ClientCertificate, type SecretRef } from './channel-tls.ts';
export { endpointProblems, type EndpointProblem } from './endpoint.ts';
export { zipDirectory, type ZipEntry } from './zip-directory.ts';
export { jsonShape } from './json-shape.ts';
export { isAddress, isInNetworks, mayBeCalled, networkSchema } from './network.ts';
export { coRightSchema, type CoRight } from './co-right.ts';
export {
  breakerChangedSchema,
  controlCommandSchema,
  controlPatterns,
  heartbeatSchema,
  helloSchema,
  readControlUrl,
  type BreakerReport,
  type ControlCommand,
  type ControlPlace,
  type Heartbeat,
  type Hello,
} from './control.ts';
export {
  countsSchema,
  coverageLineSchema,
  type CategoryCoverage,
  type Counts,
  type Coverage,
  type CoverageLine,
  type Verdict,
} from './coverage.ts';
export {
  debtorSchema,
  identifierSchema,
  type Debtor,
  type DebtorKind,
  type Identifier,
  type IdentifierType,
} from './debtor.ts';
export {
  encumbranceKinds,
  encumbranceSchema,
  unknownEncumbrance,
  type Encumbrance,
  type EncumbranceKind,
} from './encumbrance.ts';
export {
  inquirySchema,
  legalSchema,
  officerSchema,
  purposeSchema,
  type Inquiry,
  type Legal,
  type Officer,
  type Purpose,
} from './inquiry.ts';
export { manifestSchema, type Manifest } from './manifest.ts';
export {
  manualCategories,
  manualFormFor,
  manualFormSchema,
  manualReasons,
  type ManualCategory,
  type ManualForm,
} from './manual-form.ts';
export type { Confidence, Match, MatchBasis } from './match.ts';
export { decimalSchema, moneySchema, type Money, type Quantity } from './money.ts';
export { NoAnswer, reasons, reasonSchema, type Reason } from './no-answer.ts';
export {
  registeredOfficerSchema,
  roleNameSchema,
  scopeNameSchema,
  scopes,
  scopesOfRole,
  tokenEntrySchema,
  type RegisteredOfficer,
  type Registration,
  type RoleName,
  type ScopeName,
  type TokenEntry,
} from './officer-register.ts';
export { plannedLineSchema, type NotAskedCause, type Plan, type PlannedLine, type PlannedShard } from './plan.ts';
export {
  liveReportSchema,
  reportBodySchema,
  reportSchema,
  sentenceCodes,
  type InquiryStatus,
  type LiveReport,
  type Note,
  type Report,
  type ReportBody,
  type Sentence,
  type Summary,
  type Total,
} from './report.ts';
export {
  operationsEventKinds,
  operationsEventKindSchema,
  operationsEventSchema,
  type OperationsEvent,
  type OperationsEventKind,
} from './operations-event.ts';
export {
  changeCodes,
  signalCodes,
  lineTransitions,
  assetTransitions,
  changesSchema,
  type AddedAsset,
  type AssetTransition,
  type ChangeCode,
  type Changes,
  type FieldChange,
  type LineChange,
  type LineTransition,
  type RemovedAsset,
  type SignalCode,
  type UndecidedAsset,
} from './changes.ts';
export { courtLevels, courtSchema, courtTree, type Court, type CourtLevel, type CourtTree } from './court.ts';
export type { PersonScope, RowScope, Sight } from './row-scope.ts';
export { rolesThatClash } from './roles-fit.ts';
export {
  assignmentSchema,
  handOverKindSchema,
  handOverSchema,
  newAssignmentSchema,
  newHandOverSchema,
  newRolesSchema,
  userViewSchema,
  type Assignment,
  type HandOver,
  type HandOverKind,
  type NewAssignment,
  type NewHandOver,
  type NewRoles,
  type UserView,
} from './api/rights.ts';
export { caseStates, caseStateSchema, type CaseState } from './case-state.ts';
export {
  approvalCauses,
  approvalCauseSchema,
  purposePolicySchema,
  purposeRulesSchema,
  type ApprovalCause,
  type PurposePolicy,
  type PurposeRules,
} from './purpose-policy.ts';
export { formatRequestNumber } from './request-number.ts';
export { agencyIdSchema, channelIdSchema, hashSchema, idSchema, textSchema, type Code } from './text.ts';
export { dateSchema, instantSchema, whenSchema, type AsOfKind } from './time.ts';
export { warningSchema, type Warning } from './warning.ts';
export {
  calendarSchema,
  serviceHoursSchema,
  workingClock,
  type ServiceHours,
  type WorkCalendar,
  type WorkingClock,
} from './working-time.ts';
export { describeArea, provinces, type Area, type Province } from './identifiers/area-code.ts';
export { normaliseCaseNumber, parseCaseNumber, type CaseNumberParse } from './identifiers/case-number.ts';
export type { IdentifierCheck } from './identifiers/check.ts';
export { checkCitizenId, citizenIdBirthDate, citizenIdCheckDigit, to15 } from './identifiers/citizen-id.ts';
export { describeIdentifier, type EnteredIdentifier, type IdentifierDescription } from './identifiers/identifier.ts';
export { maskAccount, maskIdentifier, maskThirdPartyName } from './identifiers/mask.ts';
export { normaliseName, sameName } from './identifiers/name.ts';
export { type RareCharacter, rareCharacters, type RareLevel, rareLevels } from './identifiers/rare-characters.ts';
export { checkOrgCode } from './identifiers/org-code.ts';
export { checkPlate } from './identifiers/plate.ts';
export { checkRealEstateUnitCode } from './identifiers/real-estate-unit-code.ts';
export { sameIdentity } from './identifiers/same-identity.ts';
export { checkUscc, orgCodeOfUscc, usccCheckCharacter } from './identifiers/uscc.ts';
export { checkVin, vinCheckCharacter } from './identifiers/vin.ts';
export {
  answerViewSchema,
  newReplaySchema,
  quarantineItemSchema,
  quarantineStateSchema,
  rawAnswerViewSchema,
  replayViewSchema,
  suspicionClearedSchema,
  type QuarantineItem,
  type RawAnswerView,
  type ReplayView,
} from './api/quarantine.ts';
export { quarantineOriginSchema, type QuarantineOrigin, type RecordedExchange, type Unread } from './unread.ts';
export {
  exportClaimsSchema,
  jwksSchema,
  maskLevels,
  maskLevelSchema,
  publicJwkSchema,
  reportClaimsSchema,
  reportSignatureSchema,
  type ExportClaims,
  type ExportSignature,
  type Jwks,
  type MaskLevel,
  type PublicJwk,
  type ReportClaims,
  type ReportSignature,
  type SignedClaims,
  type SigningAlgorithm,
} from './signature.ts';
export {
  exportDocumentSchema,
  exportSections,
  exportFormatSchema,
  exportViewSchema,
  type ExportFormat,
  newExportSchema,
  verifyRequestSchema,
  verifyViewSchema,
  type AppliedMask,
  type ExportDocument,
  type ExportSection,
  type ExportView,
  type NewExport,
  type VerifyRequest,
  type VerifyView,
} from './api/exports.ts';
export {
  agencyFiguresSchema,
  type AgencyFigures,
  incidentListSchema,
  type IncidentList,
  incidentViewSchema,
  type IncidentView,
  newOutageRequerySchema,
  outageRequeryViewSchema,
  type OutageRequeryView,
} from './api/outages.ts';
export {
  holdViewSchema,
  newHoldSchema,
  retentionPreviewSchema,
  retentionRules,
  type HoldView,
  type NewHold,
  type RetentionPreview,
  type RetentionRule,
} from './api/retention.ts';
export { maskThirdPersons, type MaskCount } from './assets/third-persons.ts';
export { withoutContacts } from './assets/contact-data.ts';
export { minimisedAsset } from './assets/minimised-asset.ts';
export { maskThirdPerson } from './identifiers/third-person.ts';
export {
  dataKeyAlgorithmSchema,
  dataKeyPurposeSchema,
  sealAlgorithmSchema,
  type DataKey,
  type DataKeyAlgorithm,
  type DataKeyPurpose,
  type DataKeyRow,
  type SealAlgorithm,
  type Wrapped,
  type WrappedDataKey,
} from './data-key.ts';
export { anomalySchema, type Anomaly, type AnomalyKind } from './anomaly.ts';
export {
  anomaliesViewSchema,
  auditEventViewSchema,
  auditFoundSchema,
  auditPackViewSchema,
  auditSearchSchema,
  newAuditPackSchema,
  newVerificationSchema,
  verificationViewSchema,
  type AnomaliesView,
  type AuditEventView,
  type AuditFound,
  type AuditPackView,
  type AuditSearch,
  type VerificationView,
} from './api/audit.ts';
export {
  newTokenSchema,
  tokenMadeSchema,
  tokenViewSchema,
  type NewToken,
  type TokenMade,
  type TokenView,
} from './api/tokens.ts';
export {
  caseMatrixSchema,
  deskCountersSchema,
  deskItemSchema,
  newSearchSchema,
  nextActs,
  nextActSchema,
  searchViewSchema,
  type CaseMatrix,
  type DeskCounters,
  type DeskItem,
  type MatrixCell,
  type MatrixRow,
  type NewSearch,
  type NextAct,
  type SearchedBy,
  type SearchHit,
  type SearchView,
} from './api/desk.ts';
export {
  importChangeSchema,
  importFields,
  importFieldSchema,
  type ImportField,
  importMappingSchema,
  type ImportMapping,
  type ImportProblem,
  importProblemSchema,
  type ImportRow,
  importRowSchema,
  type ImportRowState,
  importRowStateSchema,
  type ImportSending,
  importSendingSchema,
  type ImportSent,
  importSentSchema,
  type ImportView,
  importViewSchema,
  mostImportRows,
  rareCharacterSchema,
} from './api/imports.ts';
