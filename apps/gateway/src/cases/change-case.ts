import type { CaseChange, CaseView } from '#contracts';
import { mayBecome } from '#inquiry';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { stale, tagVersion, versionOf } from '../http/version.ts';

/**
 * Changes a case from the version that was read. Who changes its state opens or closes it for inquiries, so the reason is
 * kept in the ledger with what it was before.
 * @throws ProblemError `version-mismatch`; `state-conflict` for a state that does not follow
 */
export async function changeCase(
  gateway: Gateway,
  exchange: Exchange,
  { caseId, change }: { readonly caseId: string; readonly change: CaseChange },
): Promise<CaseView> {
  const { store } = gateway;
  const { officer, rows } = exchange.caller;
  const { reason, ...toChange } = change;
  await checkOrder(gateway, officer.courtCode, change.preservation);
  const version = versionOf(exchange.request);
  const now = await store.transaction(async (tx) => {
    const changed = foundOr404(
      await store.cases.change({ caseId, version, rows: rows.write, ...toChange }, tx),
      'case',
    );
    if (changed === 'stale') throw stale();
    const { before, now: view } = changed;
    checkState(before.state, view.state);
    const fields = Object.keys(toChange).toSorted().join(' ');
    const detail = { from: before.state, to: view.state, fields, version: view.version };
    await store.ledger.record(
      actOf(exchange, { action: 'case.changed', objectId: caseId, caseId, reason, detail }),
      tx,
    );
    return view;
  });
  tagVersion(exchange.reply, now.version);
  return now;
}

function checkState(before: CaseView['state'], now: CaseView['state']): void {
  if (before === now || mayBecome(before, now)) return;
  const item = {
    pointer: '/state',
    code: 'does-not-follow',
    detail: `A case that is ${before} does not become ${now}.`,
    fix:
      before === 'concluded' ? 'Enter the case under which enforcement goes on.' : 'Check the state in the case file.',
  };
  throw new ProblemError('state-conflict', 'The state does not follow the present one.', { errors: [item] });
}

/** The order (保全裁定) was uploaded by this court. */
export async function checkOrder(
  { store }: Gateway,
  courtCode: string,
  preservation: CaseView['preservation'] | undefined,
): Promise<void> {
  if (!preservation || (await store.files.get(preservation.fileId))?.courtCode === courtCode) return;
  const item = {
    pointer: '/preservation/fileId',
    code: 'unknown-file',
    detail: 'There is no such file.',
    fix: 'Upload the order with POST /api/v1/files.',
  };
  throw new ProblemError('validation', 'The order of the preservation is missing.', { errors: [item] });
}
