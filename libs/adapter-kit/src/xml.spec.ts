import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attribute, childNamed, childrenNamed, element, parseXml, writeXml, type XmlElement } from './xml.ts';

const runs = { seed: 1998, numRuns: 300 };
const unintelligible = expect.objectContaining({ reason: 'unintelligible' });

const name = fc.stringMatching(/^[A-Za-z_一-龥][A-Za-z0-9_.一-龥-]{0,8}$/u);
const value = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...Array.from(`<>&"'\t\n\r 0;#`)),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
  })
  .filter(isXml);
const tree: fc.Memo<XmlElement> = fc.memo((depth) =>
  fc
    .record({
      name,
      attributes: fc.dictionary(name, value),
      text: value,
      children: depth > 1 ? fc.array(tree(depth - 1), { maxLength: 3 }) : fc.constant([]),
    })
    .map((each) => ({ ...each, text: each.children.length > 0 && each.text.trim() === '' ? '' : each.text })),
);

function isXml(text: string): boolean {
  return !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text);
}

describe('an XML document', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(tree(3), (root) => {
        fc.pre(
          !/constructor|prototype|__proto__|toString|valueOf|hasOwnProperty|isPrototypeOf|define|lookup|xmlns|toLocale|propertyIs/i.test(
            JSON.stringify(root),
          ),
        );
        expect(parseXml(writeXml(root, '<?xml version="1.0" encoding="GBK"?>'))).toEqual(root);
      }),
      runs,
    );
  });

  it('guesses nothing: numbers, spaces and empty values stay', () => {
    const root = parseXml('<?xml version="1.0"?>\n<r a="" b="007">\n <ye>00123.40</ye><n>1e5</n><s> x </s>\n</r>');
    expect(root).toEqual(
      element('r', {
        attributes: { a: '', b: '007' },
        children: [element('ye', { text: '00123.40' }), element('n', { text: '1e5' }), element('s', { text: ' x ' })],
      }),
    );
  });

  it('resolves the references of XML, and reads CDATA as it stands', () => {
    expect(parseXml('<a x="&lt;&#x4e2d;&#20013;&quot;">t&amp;<![CDATA[<b>&amp;]]>u</a>')).toEqual(
      element('a', { attributes: { x: '<中中"' }, text: 't&<b>&amp;u' }),
    );
  });

  it('may hold brackets, quotes and comments where XML allows them', () => {
    expect(parseXml(`<!-- <b> --><a x="1>2'3" y='"'><!-- <c/> -->]]<?pi <d/>?></a><!-- end -->`)).toEqual(
      element('a', { attributes: { x: "1>2'3", y: '"' }, text: ']]' }),
    );
  });

  it('has names without prefixes', () => {
    const root = parseXml('<s:Envelope xmlns:s="urn:s"><s:Body s:id="1" xmlns="urn:d"/></s:Envelope>');
    expect(root).toEqual(element('Envelope', { children: [element('Body', { attributes: { id: '1' } })] }));
  });

  it.each([
    ['', 'nothing'],
    ['text', 'text'],
    ['<a></b>', 'a wrong end'],
    ['<a x=1/>', 'no quotes'],
    ['<a x="1" x="2"/>', 'an attribute twice'],
    ['<a p:x="1" x="2"/>', 'an attribute of two namespaces'],
    ['<a/><b/>', 'two roots'],
    ['<a>1</a>2', 'text after the root'],
    ['<a>&nope;</a>', 'an unknown entity'],
    ['<a>&</a>', 'a bare ampersand'],
    ['<a>&#0;</a>', 'a null character'],
    ['<a>&#x110000;</a>', 'a reference beyond Unicode'],
    ['<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', 'a document type'],
    ['<?xml version="1.0"?><!-- c --> <!DOCTYPE a><a/>', 'a document type after a comment'],
    ['<a constructor="1"/>', 'a reserved name'],
    ['<?xml version="1.0"', 'an unclosed declaration'],
    ['<a x="<"/>', 'a bracket in a value'],
    ['<a x="1"y="2"/>', 'no space between attributes'],
    ['<![CDATA[x]]><a/>', 'text before the root'],
    ['<a><![CDATA[x</a>', 'unclosed CDATA'],
    ['</a>', 'an end without a start'],
    ['<a>', 'a start without an end'],
    [`${'<a>'.repeat(200)}${'</a>'.repeat(200)}`, 'too much depth'],
  ])('is refused: %s (%s)', (text) => {
    expect(() => parseXml(text)).toThrow(unintelligible);
  });

  it('is refused when it is too large', () => {
    expect(() => parseXml(`<a>${'x'.repeat(100)}</a>`, { maxBytes: 50 })).toThrow(unintelligible);
    expect(() => parseXml('<a><b><c/></b></a>', { maxDepth: 1 })).toThrow(unintelligible);
  });

  it('never crashes and never hangs on any text', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '<',
        '</',
        '>',
        '/>',
        'a',
        'b',
        ' x="',
        '"',
        '&',
        '&lt;',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
        '<!',
        ' ',
        '张',
        '\u0000',
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        try {
          expect(parseXml(parts.join('')).name).not.toBe('');
        } catch (error) {
          expect(error).toEqual(unintelligible);
        }
      }),
      { seed: 1999, numRuns: 2_000 },
    );
  });

  it('refuses to write what XML cannot carry', () => {
    expect(() => writeXml({ name: 'a', text: '\u0001' })).toThrow(
      expect.objectContaining({ reasonCode: 'lossy-encoding' }),
    );
    expect(() => writeXml({ name: 'a', attributes: { x: '\ud842' } })).toThrow(
      expect.objectContaining({ reasonCode: 'lossy-encoding' }),
    );
    expect(() => writeXml({ name: 'a b' })).toThrow(RangeError);
  });

  it('survives many elements in little time', () => {
    expect(parseXml(`<a>${'<b x="1"/>'.repeat(20_000)}</a>`).children).toHaveLength(20_000);
  });
});

describe('an element', () => {
  const root = parseXml('<r Bdhm="1"><djxxList/><DJXXLIST/><other/></r>');

  it('finds its children by name, exactly or whatever their case', () => {
    expect(childrenNamed(root, 'djxxList')).toHaveLength(1);
    expect(childrenNamed(root, 'djxxlist', { ignoreCase: true })).toHaveLength(2);
    expect(childNamed(root, 'djxxlist')).toBeNull();
    expect(childNamed(root, 'djxxlist', { ignoreCase: true })?.name).toBe('djxxList');
  });

  it('tells a missing attribute from an empty one', () => {
    expect(attribute(root, 'BDHM')).toBeNull();
    expect(attribute(root, 'BDHM', { ignoreCase: true })).toBe('1');
    expect(attribute(element('a', { attributes: { x: '' } }), 'x')).toBe('');
    expect(attribute(root, 'toString')).toBeNull();
  });
});
