import type { AuditEntry, RetentionRule } from '#contracts';
import { openLedger } from '../ledger.ts';
import type { StoreContext } from '../store-context.ts';
import { inTransaction } from '../transaction.ts';
import { rawMessages } from './raw-messages.ts';
import type { AgeRule, DueItem } from './rule.ts';
import { lockSweep } from './sweep-lock.ts';
import { expiredExports, expiredImports, oldQuarantine, unusedUploads } from './working-copies.ts';

export type CullQuestion = {
  readonly rule: RetentionRule;
  readonly before: Date; // what is older is due
  readonly after: string | null; // the last id of the batch before
  readonly limit: number;
};
/** `busy`: somebody else removes. `last` is null when nothing is left that is due. */
export type Culled =
  | { readonly removed: number; readonly last: string | null; readonly certificateId: string | null }
  | 'busy';

/** Removing by age (留存与清理), a bounded batch at a time, each with its certificate in the ledger. */
export type Retention = {
  cull(question: CullQuestion): Promise<Culled>;
  /** What is due now, and what is kept of it because of a hold. */
  count(rule: RetentionRule, before: Date): Promise<{ readonly due: number; readonly held: number }>;
};

export const openRetention = (context: StoreContext): Retention => ({
  cull: (question) => cull(context, question),
  count: (rule, before) => rules[rule].count(context, before),
});

const rules: Readonly<Record<RetentionRule, AgeRule>> = {
  'raw-messages': rawMessages,
  exports: expiredExports,
  uploads: unusedUploads,
  imports: expiredImports,
  quarantine: oldQuarantine,
};

/** Removed and certified in one transaction: what is gone has its certificate, and no certificate speaks of what is there. */
function cull(context: StoreContext, { rule, before, after, limit }: CullQuestion): Promise<Culled> {
  return inTransaction(context.db, async (tx): Promise<Culled> => {
    if (!(await lockSweep(tx))) return 'busy';
    const inside = { ...context, db: tx };
    const items = await rules[rule].due(inside, { before, after, limit });
    const last = items.at(-1)?.id ?? null;
    if (last === null) return { removed: 0, last: null, certificateId: null };
    const certificateId = context.newId('crt');
    await rules[rule].remove(inside, { ids: items.map(({ id }) => id), at: context.clock(), certificateId });
    await openLedger(context).record(certificateOf(context, { rule, before, items, certificateId }), tx);
    return { removed: items.length, last, certificateId };
  });
}

type Certified = {
  readonly rule: RetentionRule;
  readonly before: Date;
  readonly items: readonly DueItem[];
  readonly certificateId: string;
};

/** `listHash` is over the canonical JSON of all removed hashes in the order of the rows; they can be listed again from the rows. */
function certificateOf(
  { keyring, toInstant }: StoreContext,
  { rule, before, items, certificateId }: Certified,
): AuditEntry {
  const hashes = items.flatMap((item) => item.hashes);
  return {
    actor: { userId: null, role: 'system', courtCode: null, via: null },
    action: 'raw.culled',
    objectId: certificateId,
    ...{ caseId: null, debtorId: null, purpose: null, reason: null, shown: null, address: null, result: 'done' },
    detail: {
      rule,
      before: toInstant(before),
      rows: items.length,
      hashes: hashes.length,
      first: items[0]?.id ?? null,
      last: items.at(-1)?.id ?? null,
      listHash: keyring.contentHash(hashes),
    },
  };
}
