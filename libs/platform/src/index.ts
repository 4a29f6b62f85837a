export { bindKeyring, type BoundKeyring, type KeyOptions } from './bound-keyring.ts';
export { canonicalJson } from './canonical-json.ts';
export { createSteadyClock, systemClock, toDay, toInstant, type Clock, type SteadyClock } from './clock.ts';
export { describeConfigProblem, type ConfigProblem, type Loaded } from './config-problem.ts';
export { loadAgencies, loadChannels } from './configuration.ts';
export { contentHash, equalsConstantTime, hashToken, sha256Hex } from './crypto.ts';
export { loadCsvFolder } from './csv.ts';
export {
  readEnvironment,
  secretVariables,
  variables,
  type Environment,
  type Origin,
  type SettingProblem,
  type Settings,
  type TextsByVariable,
} from './environment.ts';
export { environmentExample } from './environment-example.ts';
export type { EnvironmentVariable } from './environment-variable.ts';
export { SealBroken } from './envelope.ts';
export { errorCode } from './error-code.ts';
export { createIds, idPrefixes, newId, newUuid, type IdPrefix, type IdSources, type NewId } from './ids.ts';
export { channelClocks, type Installation } from './installation.ts';
export { loadInstallation } from './load-installation.ts';
export { keyCommandService } from './key-command.ts';
export { KeyFault } from './key-fault.ts';
export { generateKeyring, loadKeyring, type Keyring } from './keyring.ts';
export type { AuditThresholds } from './audit-settings.ts';
export { keepCheckpoint, keptCheckpoints } from './ledger/checkpoint-folder.ts';
export { checkRows, inPages } from './ledger/check-rows.ts';
export { openPack, PackUnreadable, writePack, type PackRead } from './ledger/pack.ts';
export {
  openCheckpointSigner,
  publicKeyOf,
  readCheckpoints,
  type Checkpoint,
  type CheckpointSigner,
  type ReadCheckpoints,
  type SignedCheckpoint,
} from './ledger/checkpoints.ts';
export { ledgerRowSchema, ledgerStart, textHash, type LedgerHash, type LedgerRow } from './ledger/ledger-row.ts';
export {
  checkLedger,
  type BrokenRow,
  type KnownPlace,
  type LedgerBreak,
  type LedgerCheck,
  type LedgerVerdict,
} from './ledger/verify-ledger.ts';
export { createLog, logLevels, type Log, type LogFields, type LogLevel, type LogOptions } from './log.ts';
export { openKeys } from './open-keys.ts';
export { readProcessSetting, secretsOf, type ProcessSetting } from './process-setting.ts';
export {
  createSecrets,
  secretVariable,
  type ResolvedSecret,
  type SecretProblem,
  type SecretSources,
} from './secrets.ts';
export { createShutdown, type Closer, type ProcessEnd, type Shutdown, type ShutdownOptions } from './shutdown.ts';
export {
  createMetrics,
  createRegistry,
  readMetrics,
  type AskPhase,
  type BreakerState,
  type ChannelState,
  type Metrics,
} from './telemetry.ts';
export { exportExpiry, importExpiry, retentionTimes, type RetentionTime } from './retention-times.ts';
export { keyOf, openSigner, type SignatureState, type Signer, type TrustedKeys } from './signing/detached-jws.ts';
export { readReportSigner } from './signing/report-signer.ts';
export { verificationCode } from './signing/verification-code.ts';
export { verifyDocument, type Finding, type Verification } from './signing/verify-document.ts';
export type { RateLimit } from './work-settings.ts';
export { loadYamlFile, loadYamlFolder, type YamlOptions } from './yaml.ts';
export { escapeHtml } from './html.ts';
