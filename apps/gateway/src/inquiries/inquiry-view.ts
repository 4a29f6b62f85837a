import type { Inquiry, InquiryView, ReportBody } from '#contracts';
import { askingSentence, mergeReport } from '#inquiry';
import type { InquiryHead, InquiryToCreate } from '#store';
import { type Looking, showsPayload } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { liveReport } from '../reports/live-report.ts';

/**
 * The inquiry as it stands now (api.md §4.2). Its `seq` is that of the answers it counts: what came in while it was put
 * together is told by the events after it, and its report is never older than what it counts.
 * Whoever may not see the payload is told how the asking goes, without sums.
 */
export async function readView(gateway: Gateway, inquiryId: string, looking: Looking): Promise<InquiryView> {
  const { body, upToSeq } = foundOr404(await liveReport(gateway, inquiryId, looking.read), 'inquiry');
  const head = foundOr404(await gateway.store.inquiries.head(inquiryId, looking.read), 'inquiry');
  const view = viewOf({ ...head, seq: upToSeq }, body);
  if (await showsPayload(gateway, looking, head)) return view;
  return { ...view, payload: 'withheld', sentence: askingSentence(body) };
}

/** The view of an inquiry that was stored this moment: nobody has said anything yet. */
export function firstView({
  inquiry,
  plan,
  caseId,
  debtorId,
}: Pick<InquiryToCreate, 'inquiry' | 'plan' | 'caseId' | 'debtorId'>): InquiryView {
  const body = mergeReport({
    inquiry,
    plan: plan.lines,
    answers: [],
    acknowledged: new Map(),
    sentAt: new Map(),
    closedAt: null,
    cancelled: null,
    reviews: [],
  });
  return viewOf({ ...headOf(inquiry), caseId, debtorId }, body);
}

type Head = Pick<
  InquiryHead,
  | 'inquiryId'
  | 'caseId'
  | 'debtorId'
  | 'purpose'
  | 'requestedAt'
  | 'dueAt'
  | 'closedAt'
  | 'cancelledAt'
  | 'pausedAt'
  | 'seq'
  | 'latestReport'
>;

const headOf = ({ inquiryId, purpose, requestedAt, dueAt }: Inquiry) => ({
  inquiryId,
  purpose,
  requestedAt,
  dueAt,
  closedAt: null,
  cancelledAt: null,
  pausedAt: null,
  seq: 0,
  latestReport: null,
});

function viewOf(head: Head, body: ReportBody): InquiryView {
  const { coverage, summary, status, simulated, emergency = false } = body;
  return {
    inquiryId: head.inquiryId,
    caseId: head.caseId,
    debtorId: head.debtorId,
    status,
    purpose: head.purpose,
    requestedAt: head.requestedAt,
    dueAt: head.dueAt,
    closedAt: head.closedAt,
    cancelledAt: head.cancelledAt,
    pausedAt: head.pausedAt,
    counts: coverage.counts,
    sentence: summary.sentence,
    payload: 'shown',
    byCategory: coverage.byCategory,
    byReason: coverage.byReason,
    simulated,
    emergency,
    nextAttemptAt: earliest(coverage.lines.map(({ nextAttemptAt }) => nextAttemptAt)),
    seq: head.seq,
    latestReport: head.latestReport,
    links: linksOf(head.inquiryId),
  };
}

export const linksOf = (inquiryId: string): InquiryView['links'] => {
  const self = `/api/v1/inquiries/${inquiryId}`;
  return { self, events: `${self}/events`, report: `${self}/report`, lines: `${self}/lines` };
};

function earliest(instants: readonly (string | null)[]): string | null {
  let first: string | null = null;
  for (const instant of instants)
    if (instant !== null && (first === null || Date.parse(instant) < Date.parse(first))) first = instant;
  return first;
}

/** Settled, and the report says so: nothing more is told unless somebody asks again. */
export const isDone = ({ closedAt, latestReport }: Pick<InquiryHead, 'closedAt' | 'latestReport'>): boolean =>
  closedAt !== null && latestReport !== null && Date.parse(latestReport.createdAt) >= Date.parse(closedAt);
