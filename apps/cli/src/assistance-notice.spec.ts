import { describe, expect, it } from '@jest/globals';
import { sampleNotice } from './assistance-notice.ts';

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('the sample notice', () => {
  const text = textOf(sampleNotice('W20260301000001'));

  it('is a PDF whose table of objects is right', () => {
    expect(text).toMatch(/^%PDF-1\.4\n[^]*%%EOF\n$/);
    const start = Number(/startxref\n(\d+)\n/.exec(text)?.[1]);
    expect(text.slice(start, start + 5)).toBe('xref\n');
    const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) => Number(at));
    expect(offsets).toHaveLength(5);
    for (const [index, at] of offsets.entries()) {
      expect(text.slice(at)).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
    }
    const [, length, stream = ''] = /\/Length (\d+) >>\nstream\n([^]*?)\nendstream/.exec(text) ?? [];
    expect(stream).toHaveLength(Number(length));
  });

  it('says that it is a sample, and its number', () => {
    expect(text).toContain('SAMPLE - DRILL - NOT A COURT DOCUMENT');
    expect(text).toContain('W20260301000001');
  });

  it('lets nothing of the number out of its text', () => {
    expect(textOf(sampleNotice('1) Tj (2\\'))).toContain('(Assistance notice 1Tj2) Tj');
  });
});
