import { describe, expect, it } from '@jest/globals';
import { element } from '#adapter-kit';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { openMessage, sealMessage } from './wire.ts';

const open = (wire: string) => openMessage(wire, 'zhxx', 1_000_000);
const list = (...rows: readonly Record<string, string>[]) =>
  element('zhxxList', { children: rows.map((attributes) => element('zhxx', { attributes })) });
const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const raw = (attributes: string): string =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><zhxxList><zhxx ${attributes}/></zhxxList>`).toString('base64');

const hanzi = fc
  .integer({ min: 0x4e00, max: 0x9fa5 })
  .map((code) => String.fromCodePoint(code))
  .filter((character) => iconv.decode(iconv.encode(character, 'gbk'), 'gbk') === character);
const text = fc.array(fc.oneof(hanzi, fc.constantFrom('（', '）', 'A', '1', '<', '&', '"')), { maxLength: 12 });

describe('transport W', () => {
  it('declares UTF-8, is GBK, and writes every value in base64 of its own', () => {
    const document = iconv.decode(Buffer.from(sealMessage(list({ KHWD: '示例银行某支行', BZ: '' })), 'base64'), 'gbk');
    const branch = iconv.encode('示例银行某支行', 'gbk').toString('base64');
    expect(document).toBe(`<?xml version="1.0" encoding="UTF-8"?><zhxxList><zhxx KHWD="${branch}" BZ=""/></zhxxList>`);
  });

  it('brings every text that GBK can carry through unchanged', () => {
    fc.assert(
      fc.property(text, (characters) => {
        const said = characters.join('');
        const [row] = open(sealMessage(list({ BDHM: '张', KHWD: said }))).rows;
        expect(row?.values.get('KHWD')).toBe(said.normalize('NFC').trim());
      }),
    );
  });

  it('refuses to write a character that GBK cannot carry', () => {
    expect(() => sealMessage(list({ KHWD: '𠮷' }))).toThrow(expect.objectContaining({ reasonCode: 'lossy-encoding' }));
  });

  it('does not read true UTF-8 as GBK', () => {
    expect(() => open(raw(`BDHM="${utf8('A1')}" KHZH="${utf8('查无开户信息')}"`))).toThrow(
      expect.objectContaining({ reason: 'unintelligible' }),
    );
  });

  it('keeps a message of which one value is in another encoding, and says which', () => {
    const branch = iconv.encode('示例银行', 'gbk').toString('base64');
    const [row] = open(raw(`KHWD="${branch}" BEIZ="/w==" KHZH="????"`)).rows;
    expect(row?.values.get('KHWD')).toBe('示例银行');
    expect(row?.undecodable).toEqual(['BEIZ', 'KHZH']);
  });

  it('reads no more than the channel allows, and no document type', () => {
    const wire = sealMessage(list({ BDHM: 'A1' }));
    expect(() => openMessage(wire, 'zhxx', 10)).toThrow(expect.objectContaining({ reason: 'unintelligible' }));
    const entity = Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><zhxxList/>').toString('base64');
    expect(() => open(entity)).toThrow(expect.objectContaining({ reason: 'unintelligible' }));
  });
});
