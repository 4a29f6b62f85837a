import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverageLine } from '../../shared/verdict/line-example.ts';
import { linesByVerdict } from './shown-report.ts';

it('puts every line in one group, the one of its verdict', () => {
  const verdict = fc.constantFrom('found' as const, 'nothing' as const, 'no-answer' as const, 'not-asked' as const);
  fc.assert(
    fc.property(fc.array(verdict, { maxLength: 40 }), (verdicts) => {
      const groups = linesByVerdict(
        verdicts.map((each) => ({ ...coverageLine({ verdict: each }), candidateCount: 0 })),
      );
      for (const [name, lines] of Object.entries(groups)) for (const line of lines) expect(line.verdict).toBe(name);
      expect(Object.values(groups).flat()).toHaveLength(verdicts.length);
    }),
  );
});
