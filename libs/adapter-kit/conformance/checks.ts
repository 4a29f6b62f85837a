import { callChecks } from './call-checks.ts';
import type { Check } from './check.ts';
import { mailboxChecks } from './mailbox-checks.ts';
import { manifestChecks } from './manifest-checks.ts';
import { ticketChecks } from './ticket-checks.ts';

/** The contract of every adapter; the mode decides which part applies. */
export const checks: readonly Check[] = [...manifestChecks, ...callChecks, ...ticketChecks, ...mailboxChecks];
