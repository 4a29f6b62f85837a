import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { returnToOf } from './return-to.ts';

const landing = '/auth/signed-in';

describe('the page after a sign-in', () => {
  it.each(['/', '/ops/queues', '/inquiries?state=open&limit=5#last', '/a/b%20c', '/%E6%A1%88'])('is %j', (path) => {
    expect(returnToOf(path)).toBe(path);
  });

  it.each([
    undefined,
    7,
    '',
    'a',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/%2Fevil.example',
    '/%5cevil.example',
    '/%2e%2fevil.example',
    '/案',
    `/${'a'.repeat(500)}`,
  ])('is the landing page instead of %j', (asked) => {
    expect(returnToOf(asked)).toBe(landing);
  });

  it('is one of ours, whatever is asked and however often it is decoded', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '%2F',
      '%5c',
      '%252f',
      '.',
      '%2e',
      '@',
      ':',
      'evil.example',
      '\t',
      '?',
      '#',
      'http:',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        let path = returnToOf(pieces.join(''));
        for (let round = 0; round < 2; round += 1) {
          expect(new URL(path, 'https://gateway.example').origin).toBe('https://gateway.example');
          path = decodeURIComponent(path.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
