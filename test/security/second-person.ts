import { type Court, personOf } from './people.ts';

type Send = (method: string, path: string, asking: object) => Promise<any>;
interface Estate {
  readonly court: Court;
  readonly sender: (token: string) => Send;
  /** The body of an inquiry about somebody nobody has asked about. */
  readonly inquiry: (no: number) => Promise<Record<string, unknown>>;
  readonly reportId: string;
  readonly caseId: string;
  readonly words: string;
}

/** What second persons, administrators and auditors of a court work with, by operation. */
export interface Things {
  readonly ids: Readonly<Record<string, string>>;
  readonly idsFor: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const period = { from: '2026-01-01', to: '2026-02-01' };

export async function thingsOf(estate: Estate): Promise<Things> {
  const { court, sender, inquiry, reportId, caseId, words } = estate;
  const [officer, admin, auditor] = (['officer', 'court-admin', 'auditor'] as const).map((role) =>
    sender(personOf(role, court).token),
  ) as [Send, Send, Send];
  const body = async (no: number) => ({ ...(await inquiry(no)), transactionPeriod: period, reason: words });
  const waiting = async (no: number): Promise<string> =>
    (await officer('POST', 'approvals', { body: await body(no) })).approvalId;
  const [approvalId, toDecide, toSend, toWithdraw] = [
    await waiting(0),
    await waiting(1),
    await waiting(2),
    await waiting(3),
  ];
  const used = await officer('POST', 'inquiries', { body: { ...(await body(4)), emergency: { reason: words } } });
  const wanted = {
    source: { kind: 'report', id: reportId },
    format: 'json',
    locale: 'en',
    mask: 'standard',
    draft: true,
  };
  const { exportId } = await officer('POST', 'exports', { body: { ...wanted, reason: words } });
  const hold = async (): Promise<string> =>
    (await admin('POST', 'legal-holds', { body: { target: { caseId }, reason: words } })).holdId;
  const [holdId, toLift] = [await hold(), await hold()];
  const token = async (label: string): Promise<string> => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { userId } = personOf('officer', court);
    return (await admin('POST', 'tokens', { body: { userId, scopes: ['cases:read'], expiresAt, label } })).tokenId;
  };
  const [tokenId, toRevoke] = [await token('kept'), await token('revoked')];
  const { packId } = await auditor('POST', 'audit-packs', { body: { reason: words } });
  const { items } = await auditor('GET', 'audit-events?limit=1', {});
  const unasked = (await inquiry(5))['debtorId'] as string;
  return {
    ids: { approvalId, exportId, holdId, tokenId, packId, seq: String(items[0].seq) },
    idsFor: {
      'exports-create': { id: reportId },
      'approvals-create': { debtorId: unasked },
      'approvalsteps-decide': { approvalId: toDecide },
      'approvalsteps-send': { approvalId: toSend },
      'approvalsteps-withdraw': { approvalId: toWithdraw },
      'emergencies-decide': { inquiryId: used.inquiryId },
      'holds-lift': { holdId: toLift },
      'tokens-revoke': { tokenId: toRevoke },
    },
  };
}
