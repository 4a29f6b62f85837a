import { describe, expect, it } from '@jest/globals';
import { cut, openOutput, pad } from './output.ts';

const erase = '\r\u001B[2K';

function screen(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  return { written, stream: { isTTY, columns: 80, write } };
}

const options = { json: false, quiet: false, colour: true };

describe('the output', () => {
  it('draws the status again below every line, and takes it away', () => {
    const [out, err] = [screen(true), screen(true)];
    const output = openOutput({ out: out.stream, err: err.stream }, options);
    output.status('1/2');
    output.progress('bank a');
    output.result('report');
    output.status('2/2');
    output.status(null);
    output.progress('end');
    expect(err.written).toEqual(['1/2', erase, 'bank a\n', '1/2', erase, '1/2', erase, '2/2', erase, 'end\n']);
    expect(out.written).toEqual(['report\n']);
  });

  it('writes no colours and nothing that moves into a pipe', () => {
    const [out, err] = [screen(false), screen(false)];
    const output = openOutput({ out: out.stream, err: err.stream }, options);
    output.status('1/2');
    output.progress('bank a');
    output.status(null);
    expect([output.colours, output.moving]).toEqual([false, false]);
    expect(err.written).toEqual(['bank a\n']);
  });

  it.each([
    ['--json', { ...options, json: true }, true],
    ['--no-color', { ...options, colour: false }, true],
    ['a pipe', options, false],
  ])('has no colours with %s', (_, given, isTTY) => {
    expect(openOutput({ out: screen(isTTY).stream, err: screen(true).stream }, given).colours).toBe(false);
    expect(openOutput({ out: screen(true).stream, err: screen(true).stream }, options).colours).toBe(true);
  });

  it('gives only the result when it is to be quiet', () => {
    const [out, err] = [screen(true), screen(true)];
    const output = openOutput({ out: out.stream, err: err.stream }, { ...options, quiet: true });
    output.progress('bank a');
    output.status('1/2');
    output.result('report');
    expect([out.written, err.written]).toEqual([['report\n'], []]);
  });
});

describe('text of a given width', () => {
  it('is padded and cut by columns', () => {
    expect(pad('张三', 6)).toBe('张三  ');
    expect(pad('1.00', 6, 'right')).toBe('  1.00');
    expect(pad('too long', 3)).toBe('too long');
    expect(cut('张三', 4)).toBe('张三');
    expect(cut('张三李四', 5)).toBe('张三…');
    expect(cut('𠮷野家', 4)).toBe('𠮷…');
  });
});
