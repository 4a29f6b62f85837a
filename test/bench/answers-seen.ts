import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { Court } from '../e2e/court.ts';

/** Notes in the page when each row of the table first shows an answer, in the frame after it was put there. */
const watching = `
  window.benchSeen = { rowsAt: null, answers: {} };
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
    const at = performance.timeOrigin + performance.now();
    for (const row of document.querySelectorAll('[data-row-key]')) {
      window.benchSeen.rowsAt ??= at;
      const verdict = row.querySelector('.verdict-tag')?.dataset.verdict;
      if (verdict === 'found' || verdict === 'nothing') window.benchSeen.answers[row.dataset.rowKey] ??= at;
    }
  }))).observe(document, { subtree: true, childList: true, attributes: true });
`;

export const watchAnswers = (page: Page): Promise<unknown> => page.addInitScript({ content: watching });

const seenSchema = z.object({ rowsAt: z.number().nullable(), answers: z.record(z.string(), z.number()) });
const lineSchema = z.object({
  ...{ agencyId: z.string(), category: z.string(), verdict: z.string() },
  answeredAt: z.iso.datetime({ offset: true }).nullable(),
});
const linesSchema = z.object({ items: z.array(lineSchema) });

/** Delays of the answers that came while the page was there, in milliseconds. */
export async function answersSeen(court: Court, page: Page, inquiryId: string): Promise<readonly number[]> {
  const { rowsAt, answers } = seenSchema.parse(await page.evaluate('window.benchSeen'));
  const lines = linesSchema.parse((await court.request('GET', `inquiries/${inquiryId}/lines?limit=200`)).json()).items;
  const answered = lines.filter(({ verdict }) => verdict === 'found' || verdict === 'nothing');
  return answered.flatMap(({ agencyId, category, answeredAt }) => {
    const received = Date.parse(answeredAt ?? '');
    if (rowsAt === null || received < rowsAt) return [];
    const seen = answers[`${category} ${agencyId}`];
    if (seen === undefined)
      throw new Error(
        `the answer of ${agencyId} was never drawn: ${Object.keys(answers).length} of ${answered.length}`,
      );
    return [seen - received];
  });
}
