import { expect, it } from '@jest/globals';
import { askedOf, ofQrText } from './asked.ts';

const hash = `sha256:${'0a'.repeat(32)}`;
const names = { reportId: 'rep_1', reportVersion: 3 };

it.each([
  ['a code', '8F3A-0B1C-2D3E-4F5G', { ...names, code: '8F3A-0B1C-2D3E-4F5G' }],
  ['a code without hyphens', ' 8f3a 0b1c2d3e4f5g ', { ...names, code: '8F3A-0B1C-2D3E-4F5G' }],
  ['a hash', hash.toUpperCase().replace('SHA', 'sha'), { ...names, contentHash: hash }],
  ['half a code', '8F3A-0B1C', { wrong: 'mark' }],
  ['letters that a code never has', '8F3A-0B1C-2D3E-4FIL', { wrong: 'mark' }],
])('%s', (_, mark, asked) => expect(askedOf({ reportId: ' rep_1', version: '3', mark })).toEqual(asked));

it('names the field that is wrong', () => {
  expect(askedOf({ reportId: 'inq_1', version: '3', mark: hash })).toEqual({ wrong: 'reportId' });
  expect(askedOf({ reportId: 'rep_1', version: '0', mark: hash })).toEqual({ wrong: 'version' });
});

it('reads the text of a QR code, and nothing that only begins like one', () => {
  expect(ofQrText(`rep_1 3 ${hash}`)).toEqual({ reportId: 'rep_1', version: '3', mark: hash });
  expect(ofQrText('rep_1 3')).toBeNull();
});
