import { type GatewayPlace, hear, nothing, refused } from '../integration/gateway-place.ts';

type Send = (method: string, path: string, asking: object) => Promise<any>;

export interface FollowUpParts {
  readonly send: Send;
  readonly store: GatewayPlace['store'];
  readonly file: object;
  readonly debtor: object;
  readonly legal: object;
  readonly note: string;
}

/** A case that was terminated (终本): two versions, their comparison, a schedule, a note; and a debtor without a schedule. */
export async function followUpOf(parts: FollowUpParts) {
  const { send, file, note } = parts;
  const { caseId } = await send('POST', 'cases', { body: file });
  const first = await asked(parts, caseId);
  const second = await asked(parts, caseId);
  await send('POST', `cases/${caseId}/notes`, { body: { text: note } });
  const ended = { body: { state: 'terminated', reason: '终本' }, headers: { 'if-match': '"1"' }, key: null };
  await send('PATCH', `cases/${caseId}`, ended);
  const { older, newer, inquiryId } = first;
  const { comparisonId } = await send('POST', 'comparisons', { body: { older, newer }, key: null });
  const startsOn = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const { scheduleId } = await send('POST', 'schedules', { body: { inquiryId, startsOn, reason: '定期查询' } });
  return {
    ids: { older, newer, comparisonId, scheduleId },
    idsFor: { 'schedules-create': { inquiryId: second.inquiryId } },
  };
}

async function asked({ send, store, debtor, legal }: FollowUpParts, caseId: string) {
  const { debtorId } = await send('POST', `cases/${caseId}/debtors`, { body: debtor });
  const scope = { categories: 'all', agencies: ['bank.bailu', 'registry.jing'] };
  // the second one asks the same while the first one runs
  const body = { caseId, debtorId, purpose: 'execution', scope, legal, reason: '补充查询' };
  const { inquiryId } = await send('POST', 'inquiries', { body });
  const cut = async () => (await send('POST', `inquiries/${inquiryId}/report-versions`, {})).reportId;
  await hear(store, inquiryId, { 'registry.jing': nothing });
  const older = await cut();
  await hear(store, inquiryId, { 'bank.bailu': refused });
  return { inquiryId, older, newer: await cut() };
}
