import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openCursors } from './page-cursor.ts';

const cursors = openCursors(
  (text) => createHmac('sha256', 'key').update(text).digest('hex'),
  (one, other) => one === other,
);
const code = (read: () => unknown) => {
  try {
    return read();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a cursor', () => {
  it('leads back to its position in its own list', () => {
    expect(cursors.read('cases', cursors.sign('cases', 'case_1'))).toBe('case_1');
    expect(cursors.read('cases', undefined)).toBeNull();
  });

  it('is refused for another list, and when anything in it was changed', () => {
    const cursor = cursors.sign('lines', 'bank bank.bailu');
    const forged = Buffer.from(JSON.stringify(['bank bank.other', 'f'.repeat(32)])).toString('base64url');
    for (const wrong of [
      () => cursors.read('cases', cursor),
      () => cursors.read('lines', forged),
      () => cursors.read('lines', ''),
      () => cursors.read('lines', `${cursor.slice(0, -4)}AAAA`),
    ]) {
      expect(code(wrong)).toBe('cursor-invalid');
    }
  });
});
