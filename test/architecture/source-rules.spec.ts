import { describe, expect, it } from '@jest/globals';
import { parseSource, readSources } from './source-files.ts';
import { brokenRules, needlessExemptions, sourceRules } from './source-rules.ts';

/** One or more small wrong examples per rule. */
const wrong: readonly (readonly [rule: string, text: string])[] = [
  ['no star export', "export * from './journal.ts';"],
  ['no star export', "export * as journal from './journal.ts';"],
  ['no enum', "enum Verdict { Found = 'found' }"],
  ['no inheritance', 'class Bank extends Agency {}'],
  ['no inheritance', 'const Bank = class extends Agency {};'],
  ['no empty catch', 'try { ask(); } catch { /* never mind */ }'],
  ['no empty catch', 'void ask().catch(() => {});'],
  ['no empty result in a catch', 'const f = () => { try { return ask(); } catch { return []; } };'],
  [
    'no empty result in a catch',
    'const f = () => { try { return ask(); } catch (e) { if (e) return null; throw e; } };',
  ],
  ['no empty result in a catch', 'const f = () => ask().catch(() => ({}));'],
  ['no empty result in a catch', 'const f = () => ask().catch((e) => { log(e); return []; });'],
  ['no words of errors', "if (error.message.includes('timeout')) retry();"],
  ['no words of errors', 'if (/timeout/.test(error.message)) retry();'],
  ['no words of errors', "if (error.message === 'timeout') retry();"],
  ['no silenced checker', '// oxlint-disable-next-line typescript/no-explicit-any -- easier\nlet a: any;'],
  ['no silenced checker', '// oxlint-disable-next-line max-params\nconst f = (a, b, c, d) => a;'],
  ['no question for the test', "if (environment.NODE_ENV === 'test') skip();"],
  ['no question for the test', "if (environment['NODE_ENV']) skip();"],
  ['no decorator in a library', '@Injectable() class Journal {}'],
  ['no own time', 'const now = new Date();'],
  ['no own time', 'const now = Date.now();'],
  ['no own chance', 'const dice = Math.random();'],
  ['no float for money', "const sum = parseFloat('1.10');"],
  ['no float for money', "const sum = Number.parseFloat('1.10');"],
];

const right = `
export { planInquiry, type Plan } from './plan.ts';
class NoAnswer extends Error {}
const day = new Date(instant);
const f = () => { try { return ask(); } catch (error) { throw new NoAnswer('timed-out', { cause: error }); } };
const g = () => ask().catch((error) => ({ verdict: 'no-answer', reason: reasonOf(error) }));
if (error.code === 'ECONNRESET') retry();
// oxlint-disable-next-line max-params -- the signature is Node's
const h = (a, b, c, d) => [];
`;

const broken = (path: string, text: string): string[] => brokenRules(parseSource(path, text));

describe('the rules of form', () => {
  it.each(wrong)('%s: %s', (rule, text) => {
    expect(broken('libs/queue/src/example.ts', text)).toEqual([expect.stringContaining(` ${rule}: `)]);
  });

  it('let right examples pass', () => {
    expect(broken('libs/queue/src/example.ts', right)).toEqual([]);
  });

  it('say where, and what to do instead', () => {
    expect(broken('libs/queue/src/example.ts', '\nenum Verdict {}')).toEqual([
      'libs/queue/src/example.ts:2 no enum: Use a union of string literals.',
    ]);
  });

  it('leave decorators, time and chance to the apps', () => {
    expect(broken('apps/worker/src/example.ts', '@Module({}) class Hosting { at = Date.now(); }')).toEqual([]);
  });

  it('are each tried on a wrong example', () => {
    expect([...new Set(wrong.map(([rule]) => rule))]).toEqual(sourceRules.map(({ name }) => name));
  });
});

describe('the exemptions from the rules of form', () => {
  it('are all still needed', () => {
    expect(needlessExemptions(readSources())).toEqual([]);
  });
});

describe('the repository', () => {
  it('keeps the rules of form', () => {
    expect(readSources().flatMap(brokenRules)).toEqual([]);
  });
});
