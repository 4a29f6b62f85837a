import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverageLine } from '../../shared/verdict/line-example.ts';
import { linesByVerdict, verificationCode } from './shown-report.ts';

it('makes the code of a version from its hash', () => {
  expect(verificationCode(`sha256:${'0a1b2c3d4e5f'.padEnd(64, '9')}`)).toBe('0A1B-2C3D-4E5F');
});

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
