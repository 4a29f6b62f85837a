import type { LiveReport } from '#contracts';

const kept = import.meta.glob<LiveReport>('./report-example.json', { eager: true, import: 'default' });
const [example] = Object.values(kept);
if (example === undefined) throw new Error('the example is not there');

/** A report of the demonstration about an invented person, with vehicle bureaus that did not answer; shortened. */
export const partialReport = example;

const nothingSaid = {
  code: 'nothing-partial' as const,
  zh: '已反馈的 3 家均无财产；4 家未反馈，不能认定无财产。',
  en: 'The 3 agencies that answered found nothing; 4 did not answer, so it cannot be concluded that there are no assets.',
};

/** The same without anything found: what is said about it must not become "no assets". */
export const nothingYetReport: LiveReport = {
  ...partialReport,
  assets: [],
  coverage: {
    ...partialReport.coverage,
    lines: partialReport.coverage.lines.filter(({ verdict }) => verdict !== 'found'),
  },
  summary: { ...partialReport.summary, sentence: nothingSaid, totalsByCurrency: [] },
};
