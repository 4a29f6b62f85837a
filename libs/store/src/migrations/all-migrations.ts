import type { Migration } from 'kysely/migration';
import { casesMigration } from './0001-cases.ts';
import { inquiriesMigration } from './0002-inquiries.ts';
import { journalMigration } from './0003-journal.ts';
import { mailboxMigration } from './0004-mailbox.ts';
import { reportsMigration } from './0005-reports.ts';
import { operationsMigration } from './0006-operations.ts';
import { operationsEventsMigration } from './0007-operations-events.ts';
import { ticketsMigration } from './0008-tickets.ts';
import { packagesMigration } from './0009-packages.ts';
import { inquiryLifeMigration } from './0010-inquiry-life.ts';
import { breakersMigration } from './0011-breakers.ts';
import { quarantineReadingMigration } from './0012-quarantine-reading.ts';
import { ledgerMigration } from './0013-ledger.ts';
import { ledgerProofMigration } from './0018-ledger-proof.ts';
import { rightsMigration } from './0015-rights.ts';
import { purposeMigration } from './0016-purpose.ts';
import { identityMigration } from './0014-identity.ts';
import { dataKeysMigration } from './0017-data-keys.ts';
import { comparisonsMigration } from './0021-comparisons.ts';
import { importsMigration } from './0026-imports.ts';
import { deskMigration } from './0025-desk.ts';
import { evidenceMigration } from './0019-evidence.ts';
import { exportFormatsMigration } from './0022-export-formats.ts';

/** Every migration in the order in which it runs. A name that ran somewhere is never renamed, its content never changed. */
export const allMigrations: Readonly<Record<string, Migration>> = {
  '0001-cases': casesMigration,
  '0002-inquiries': inquiriesMigration,
  '0003-journal': journalMigration,
  '0004-mailbox': mailboxMigration,
  '0005-reports': reportsMigration,
  '0006-operations': operationsMigration,
  '0007-operations-events': operationsEventsMigration,
  '0008-tickets': ticketsMigration,
  '0009-packages': packagesMigration,
  '0010-inquiry-life': inquiryLifeMigration,
  '0011-breakers': breakersMigration,
  '0012-quarantine-reading': quarantineReadingMigration,
  '0013-ledger': ledgerMigration,
  '0018-ledger-proof': ledgerProofMigration,
  '0015-rights': rightsMigration,
  '0016-purpose': purposeMigration,
  '0014-identity': identityMigration,
  '0017-data-keys': dataKeysMigration,
  '0019-evidence': evidenceMigration,
  '0021-comparisons': comparisonsMigration,
  '0022-export-formats': exportFormatsMigration,
  '0025-desk': deskMigration,
  '0026-imports': importsMigration,
};
