import { openApprovals } from './approvals.ts';
import { openAskings } from './asked-before.ts';
import { openAssignments } from './assignments.ts';
import { openCaseNotes } from './case-notes.ts';
import { openCaseSearch } from './case-search.ts';
import { openComparisons } from './comparisons.ts';
import { openDebtorMarks } from './debtor-marks.ts';
import { openDesk } from './desk.ts';
import { openEmergencies } from './emergencies.ts';
import { openExports } from './exports.ts';
import { openHandOvers } from './hand-overs.ts';
import { openHolds } from './holds.ts';
import { openImports } from './imports.ts';
import { openLedger } from './ledger.ts';
import { openRefusals } from './refusals.ts';
import { openRetention } from './retention/retention.ts';
import { openRoleChanges } from './role-changes.ts';
import { openSchedules } from './schedules.ts';
import { openSessions } from './sessions.ts';
import { openSigningKeys } from './signing-keys.ts';
import { openTokens } from './tokens.ts';
import { openUsedMarks } from './used-marks.ts';
import type { StoreContext } from './store-context.ts';

/** Who may do what: people, their sign-ins, their cases, and what a second person decides. */
export const openPeopleParts = (context: StoreContext) => ({
  assignments: openAssignments(context),
  desk: openDesk(context),
  caseSearch: openCaseSearch(context),
  caseNotes: openCaseNotes(context),
  comparisons: openComparisons(context),
  schedules: openSchedules(context),
  imports: openImports(context),
  handOvers: openHandOvers(context),
  roleChanges: openRoleChanges(context),
  approvals: openApprovals(context),
  askings: openAskings(context),
  debtorMarks: openDebtorMarks(context),
  emergencies: openEmergencies(context),
  sessions: openSessions(context),
  tokens: openTokens(context),
  refusals: openRefusals(context),
  usedMarks: openUsedMarks(context),
});

/** What proves afterwards what was done: the ledger, signatures, exports, and what is kept or removed. */
export const openProofParts = (context: StoreContext) => ({
  ledger: openLedger(context),
  signingKeys: openSigningKeys(context),
  exports: openExports(context),
  holds: openHolds(context),
  retention: openRetention(context),
});
