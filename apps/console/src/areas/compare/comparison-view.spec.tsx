import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render } from '@testing-library/react/pure';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { MemoryRouter } from 'react-router';
import { liveReportSchema } from '#contracts';
import example from '../report/report-example.json' with { type: 'json' };
import tableWords from '../../shared/table/words/zh-CN.json' with { type: 'json' };
import verdictWords from '../../shared/verdict/words/zh-CN.json' with { type: 'json' };
import words from './words/zh-CN.json' with { type: 'json' };
import { ComparisonView } from './comparison-view.tsx';
import { compareExample } from './compare-example.ts';
import { lineGroups, lineRows } from './compared.ts';

const compared = compareExample(liveReportSchema.parse(example));

beforeAll(async () => {
  const resources = { 'zh-CN': { compare: words, verdict: verdictWords, table: tableWords, shell: {}, state: {} } };
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', resources });
});
afterAll(cleanup);

let container: HTMLElement;
beforeAll(() => {
  ({ container } = render(
    <MemoryRouter>
      <ComparisonView compared={compared} />
    </MemoryRouter>,
  ));
  for (const fold of container.querySelectorAll('[aria-expanded="false"]')) fireEvent.click(fold);
});
const rowOf = (agency: string): Element => {
  const row = [...container.querySelectorAll('[data-group] tbody tr')].find(
    (each) => each.querySelectorAll('td')[1]?.textContent === agency,
  );
  if (!row) throw new Error(`no row of ${agency}`);
  return row;
};
const says = (row: Element): readonly (string | null)[] =>
  [...row.querySelectorAll('.verdict-tag')].map((tag) => tag.getAttribute('data-verdict'));

describe('every pair of verdicts', () => {
  it.each([
    ['found', 'found', 'compare-assets', 'compared'],
    ['found', 'nothing', 'no-longer-reported', 'alert'],
    ['found', 'no-answer', 'cannot-tell', 'undecided'],
    ['found', 'not-asked', 'no-longer-asked', 'undecided'],
    ['nothing', 'found', 'new-asset', 'alert'],
    ['nothing', 'nothing', 'still-nothing', 'nothing'],
    ['nothing', 'no-answer', 'cannot-tell', 'undecided'],
    ['nothing', 'not-asked', 'no-longer-asked', 'undecided'],
    ['no-answer', 'found', 'newly-established', 'established'],
    ['no-answer', 'nothing', 'now-confirmed-nothing', 'nothing'],
    ['no-answer', 'no-answer', 'still-no-answer', 'unanswered'],
    ['no-answer', 'not-asked', 'no-longer-asked', 'undecided'],
    ['not-asked', 'found', 'found-after-widening', 'widened'],
    ['not-asked', 'nothing', 'nothing-after-widening', 'nothing'],
    ['not-asked', 'no-answer', 'no-answer-after-widening', 'unanswered'],
  ])('%s → %s is told as %s in the group %s', (...told) => {
    const [before, after, transition, group] = told;
    const row = rowOf(`${before}-${after}`);
    expect(row.querySelector('[data-transition]')?.getAttribute('data-transition')).toBe(transition);
    expect(row.closest('[data-group]')?.getAttribute('data-group')).toBe(group);
    expect(says(row)).toEqual([before, after]);
  });

  it('that was asked neither time is not listed', () => {
    expect(() => rowOf('not-asked-not-asked')).toThrow('no row');
    expect(container.querySelectorAll('[data-group] tbody tr[data-row-key]')).toHaveLength(
      compared.changes.lines.length,
    );
  });
});

describe('the words on the screen', () => {
  it('never say of who has not answered that something is gone, confirmed or nothing', () => {
    for (const row of container.querySelectorAll('[data-group] tbody tr[data-row-key]')) {
      if (says(row)[1] !== 'no-answer') continue;
      const cells = [...row.querySelectorAll('td')];
      expect(`${cells[0]?.textContent}${cells[4]?.textContent}`).not.toMatch(/无财产|不再反馈|已确认|新增/);
      expect(cells[4]?.querySelector('circle')).toBeNull(); // the ring belongs to `nothing` alone
      expect(cells[0]?.querySelector('circle')).toBeNull();
    }
    for (const row of container.querySelectorAll('[data-assets="undecided"] tbody tr[data-row-key]'))
      expect(row.textContent).not.toMatch(/不再反馈|无财产|转移/);
  });

  it('begin with how many cannot be told about, and the sentence of the core', () => {
    expect(container.querySelector('[data-comparison-sentence]')?.textContent).toBe(compared.changes.sentence.zh);
    const told = Number(container.querySelector('[data-undecided]')?.getAttribute('data-undecided'));
    expect(compared.changes.sentence.zh).toContain(`${told} 家无法判断`);
    const text = container.textContent ?? '';
    expect(text.indexOf('本次多问 3 家，少问 3 家')).toBeGreaterThan(text.indexOf(compared.changes.sentence.zh));
  });

  it('put every line into one group', () => {
    const rows = lineRows(compared);
    const groups = lineGroups.flatMap(({ transitions }) => [...transitions]);
    expect(new Set(groups).size).toBe(groups.length);
    for (const { transition } of rows) expect(groups).toContain(transition);
  });
});

describe('assets', () => {
  const states = (group: string) =>
    [...container.querySelectorAll(`[data-assets="${group}"] [data-asset-transition]`)]
      .map((each) => each.getAttribute('data-asset-transition') ?? '')
      .toSorted((one, other) => one.localeCompare(other));

  it('stand in the group of their state', () => {
    expect(states('alert')).toEqual(['new-asset', 'no-longer-reported', 'no-longer-reported']);
    expect(states('established')).toEqual(['newly-established']);
    expect(states('widened')).toEqual(['found-after-widening']);
    // no answer, not asked any more, and not in an answer of which a part is missing
    expect(states('undecided')).toEqual(['cannot-tell', 'cannot-tell', 'no-longer-asked']);
    expect(container.textContent).toContain('3 项财产前后未变');
  });

  it('show what was before, what is now, and the difference', () => {
    const row = [...container.querySelectorAll('[data-assets="compared"] tbody tr')].find((each) =>
      each.textContent?.includes('found-found'),
    );
    const cells = [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent);
    expect(cells.slice(2)).toEqual(['余额 · 减少', '¥50,000.00', '¥1,000.00', '-49,000.00']);
  });

  it('that are gone are a question in a box of its own', () => {
    const box = container.querySelector('.compare-signals');
    expect(box?.querySelectorAll('[data-signal="possible-transfer"]').length).toBeGreaterThan(0);
    for (const signal of box?.querySelectorAll('[data-signal]') ?? []) expect(signal.textContent).toMatch(/？/);
  });
});
