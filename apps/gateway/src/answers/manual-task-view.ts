import type { ManualTask } from '#contracts';
import type { OpenManualTask } from '#store';

export const formPath = (category: string): string => `/api/v1/manual-tasks/forms/${category}`;

/** A task as a clerk needs it: whom it is about, on what grounds, until when. */
export function manualTaskView(task: OpenManualTask, nowMs: number): ManualTask {
  const { inquiry, line, requestNumber, inquiryId, agencyId, channelId, deliveredAt, heldBy } = task;
  const { debtor, legal, purpose, transactionPeriod } = inquiry;
  const dueAt = line.dueAt ?? inquiry.dueAt;
  return {
    ...{ requestNumber, inquiryId, agencyId, channelId, deliveredAt, heldBy, dueAt },
    agencyName: line.agencyName,
    category: line.category,
    overdue: Date.parse(dueAt) <= nowMs,
    asked: {
      ...{ purpose, transactionPeriod },
      sections: line.sections,
      matchKeys: line.matchKeysSent,
      courtName: legal.courtName,
      caseNumber: legal.caseNumber,
      documentName: legal.documentName,
      documentNumber: legal.documentNumber,
    },
    debtor: {
      kind: debtor.kind,
      name: debtor.name,
      formerNames: debtor.formerNames,
      ids: debtor.ids.map(({ type, number }) => ({ type, number })),
    },
    form: formPath(line.category),
  };
}
