import type { ReportBody, RowScope } from '#contracts';
import { mergeReport } from '#inquiry';
import type { Gateway } from '../gateway.ts';

/** The present state of an inquiry as a report, and up to which of its events it goes. */
export interface LiveState {
  readonly body: ReportBody;
  readonly upToSeq: number;
}

/** Null: no such inquiry, or another court's. Merged anew from the journal, every time: nothing is kept, so nothing can be stale. */
export async function liveReport(
  { store }: Pick<Gateway, 'store'>,
  inquiryId: string,
  rows: RowScope,
): Promise<LiveState | null> {
  const material = await store.reports.material(inquiryId, rows);
  return material ? { body: mergeReport(material), upToSeq: material.upToSeq } : null;
}
