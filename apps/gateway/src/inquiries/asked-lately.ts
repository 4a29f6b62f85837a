import type { PreviewView } from '#contracts';
import type { Caller } from '../access/caller.ts';
import { lookingOf } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import type { Asked } from './asked.ts';
import { readView } from './inquiry-view.ts';

const recentMs = 30 * 86_400_000;

/** What was asked before: the newest inquiry about the same person in this case, and the notice used last in it. */
export async function readBefore(
  gateway: Gateway,
  caller: Caller,
  { asked, at }: { readonly asked: Asked; readonly at: Date },
): Promise<Pick<PreviewView, 'recent' | 'lastDocument'>> {
  const { caseId, debtorId } = asked;
  const since = new Date(at.getTime() - recentMs);
  const [inquiryId, lastDocument] = await Promise.all([
    gateway.store.askings.newest({ caseId, debtorId, since }),
    readLastDocument(gateway, caller, caseId),
  ]);
  if (inquiryId === null) return { recent: null, lastDocument };
  const view = await readView(gateway, inquiryId, lookingOf(caller));
  const { requestedAt, closedAt, counts } = view;
  const recent = {
    inquiryId,
    requestedAt,
    isRunning: closedAt === null,
    asked: counts.asked,
    answered: counts.answered,
  };
  return { recent, lastDocument };
}

async function readLastDocument(
  { store }: Gateway,
  { rows }: Caller,
  caseId: string,
): Promise<PreviewView['lastDocument']> {
  const newest = await store.askings.newestOfCase(caseId);
  if (newest === null) return null;
  const { inquiryId, fileId } = newest;
  const [stored, file] = await Promise.all([
    store.inquiries.get(inquiryId, rows.read),
    store.files.ofCase({ fileId, caseId, rows: rows.write }),
  ]);
  if (!stored || !file) return null;
  const { documentName, documentNumber } = stored.inquiry.legal;
  return { documentName, documentNumber, fileId, fileName: file.view.fileName };
}
