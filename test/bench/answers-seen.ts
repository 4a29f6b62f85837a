import type { Page } from 'playwright-core';
import { z } from 'zod';

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

/** From journal to drawing, of the answers that came while the page was there, in milliseconds. `since`: by agency. */
export async function answersSeen(page: Page, since: ReadonlyMap<string, number>): Promise<readonly number[]> {
  const { rowsAt, answers } = seenSchema.parse(await page.evaluate('window.benchSeen'));
  return [...since].flatMap(([agencyId, at]) => {
    if (rowsAt === null || at < rowsAt) return [];
    const seen = answers[`real-estate ${agencyId}`];
    if (seen === undefined) throw new Error(`the answer of ${agencyId} was never drawn`);
    return [seen - at];
  });
}
