import { z } from 'zod';
import { pathSetting, setting, wholeSetting, yesNoSetting } from './environment-variable.ts';

/** From how many on auditors are shown a card. */
export interface AuditThresholds {
  /** Acts about persons within one hour of the night. */
  readonly 'night-burst': number;
  /** Acts of one person about one and the same person within 30 days. */
  readonly 'same-person': number;
  /** Different persons one person looked at within an hour. */
  readonly 'many-people': number;
  /** Refusals of one person within a day. */
  readonly refusals: number;
}

const threshold = /^(night-burst|same-person|many-people|refusals)=(\d{1,6})$/;
export const defaultAuditThresholds = 'night-burst=10,same-person=10,many-people=50,refusals=10';
const usual: AuditThresholds = { 'night-burst': 10, 'same-person': 10, 'many-people': 50, refusals: 10 };

/** Thresholds that are not named keep their default. */
const thresholds = z.string().transform((text, context): AuditThresholds => {
  const named: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [, name, count] = threshold.exec(part.trim()) ?? [];
    if (name === undefined || Number(count) === 0) context.addIssue('a threshold is not readable');
    else named[name] = Number(count);
  }
  return { ...usual, ...named };
});

/** The ledger (审计台账) and what proves it. */
export const auditSettings = {
  migrationDatabaseUrl: setting(z.url({ protocol: /^postgres(?:ql)?$/ }).nullable(), {
    name: 'CHAKONG_MIGRATION_DATABASE_URL',
    default: null,
    expected: 'postgres://user:password@host:port/database',
    isSecret: true,
    meaning: 'login that owns the tables and brings them up to date; unset: the one of DATABASE_URL',
  }),
  allowUnguardedLedger: yesNoSetting({
    name: 'CHAKONG_ALLOW_UNGUARDED_LEDGER',
    default: 'false',
    meaning: 'lets the production profile work with a login that could rewrite the ledger',
  }),
  auditHash: setting(z.enum(['sha256', 'sm3']), {
    name: 'CHAKONG_AUDIT_HASH',
    default: 'sha256',
    expected: 'sha256 or sm3',
    meaning: 'what new rows of the ledger are hashed with; it may change at any row',
  }),
  auditCheckpointsDir: pathSetting({
    name: 'CHAKONG_AUDIT_CHECKPOINTS_DIR',
    default: null,
    meaning: 'signed checkpoints of the ledger, outside the database; unset: audit-checkpoints below CHAKONG_DATA_DIR',
  }),
  auditCheckpointMinutes: wholeSetting(
    { from: 1, to: 1_440, unit: 'min' },
    {
      name: 'CHAKONG_AUDIT_CHECKPOINT_MINUTES',
      default: '15',
      meaning: 'a checkpoint is signed when a row of the ledger is this old',
    },
  ),
  auditCheckpointRows: wholeSetting(
    { from: 1, to: 1_000_000, unit: 'rows' },
    {
      name: 'CHAKONG_AUDIT_CHECKPOINT_ROWS',
      default: '1000',
      meaning: 'or when so many rows are not covered by one',
    },
  ),
  auditThresholds: setting(thresholds, {
    name: 'CHAKONG_AUDIT_THRESHOLDS',
    default: defaultAuditThresholds,
    expected: 'night-burst=<count>,same-person=<count>,many-people=<count>,refusals=<count>',
    meaning: 'from how many on auditors are shown a card',
  }),
};
