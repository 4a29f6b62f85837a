import type { CaseMatrix, InquiryItem } from '#contracts';
import { agencyMatrix, askingOfLine } from '#inquiry';
import type { Caller } from '../access/caller.ts';
import { type Looking, lookingOf, showsPayload } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import { foundOr404, notFound } from '../http/problem-error.ts';
import { liveReport } from '../reports/live-report.ts';

interface MatrixAsked {
  readonly caseId: string;
  readonly debtorId: string | null;
  readonly most: number;
}

/** Inquiries among which those about one debtor are looked for. */
const searched = 100;

/** As everything stands now: merged from the journal, so that no cell is older than an answer. */
export async function readMatrix(
  gateway: Gateway,
  caller: Caller,
  { caseId, debtorId, most }: MatrixAsked,
): Promise<CaseMatrix> {
  const { store, clock, toInstant } = gateway;
  const looking = lookingOf(caller);
  const at = toInstant(clock.now());
  if (debtorId !== null) await mustBeOfCase(gateway, looking, { caseId, debtorId });
  const page = { rows: looking.read, caseId, after: null, limit: debtorId === null ? most + 1 : searched + 1 };
  const all = await store.inquiries.list(page);
  const about = all.filter((each) => debtorId === null || each.debtorId === debtorId);
  const read = [];
  let isShown = true;
  for (const inquiry of about.slice(0, most)) {
    const { shown, ...asked } = await readLines(gateway, { inquiry, looking, at });
    isShown &&= shown;
    read.push(asked);
  }
  return {
    ...{ caseId, debtorId, at, payload: isShown ? 'shown' : 'withheld' },
    ...agencyMatrix(read),
    isWhole: about.length <= most && all.length <= searched,
  };
}

async function readLines(
  gateway: Gateway,
  { inquiry, looking, at }: { readonly inquiry: InquiryItem; readonly looking: Looking; readonly at: string },
) {
  const { inquiryId, requestedAt } = inquiry;
  const head = foundOr404(await gateway.store.inquiries.head(inquiryId, looking.read), 'inquiry');
  const shown = await showsPayload(gateway, looking, head);
  const { body } = foundOr404(await liveReport(gateway, inquiryId, looking.read), 'inquiry');
  const { lines } = body.coverage;
  return { shown, inquiryId, requestedAt, lines: shown ? lines : lines.map((line) => askingOfLine(line, at)) };
}

/** Another case's debtor is not told apart from one that nobody has: an empty matrix would read as "never asked". */
async function mustBeOfCase(
  { store }: Pick<Gateway, 'store'>,
  { read }: Looking,
  { caseId, debtorId }: { readonly caseId: string; readonly debtorId: string },
): Promise<void> {
  const stored = foundOr404(await store.debtors.get(debtorId, read), 'debtor');
  if (stored.caseId !== caseId) throw notFound('debtor');
}
