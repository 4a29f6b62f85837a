import { describe, expect, it } from '@jest/globals';
import { readZip, writeZip } from './zip.ts';

const limits = { maxEntries: 3, maxBytes: 10_000, maxRatio: 50 };
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const file = (name: string, value = 'content') => ({ name, bytes: text(value) });
const unintelligible = expect.objectContaining({ name: 'NoAnswer', reason: 'unintelligible' });
const failureOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

describe('a ZIP', () => {
  it('comes back as it was written, in its order', () => {
    const entries = [file('b.xml', '张三'), file('a', '')];
    expect(readZip(writeZip(entries), limits).map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['b.xml', '张三'],
      ['a', ''],
    ]);
  });

  it('of the same files has the same bytes', () => {
    expect(writeZip([file('a')])).toEqual(writeZip([file('a')]));
    expect(writeZip([file('a')])).not.toEqual(writeZip([file('b')]));
  });

  it('cut off anywhere is not read', () => {
    const whole = writeZip([file('a.xml', 'x'.repeat(300)), file('b.xml', 'y'.repeat(300))]);
    for (let length = 0; length < whole.length; length += 7) {
      expect([length, failureOf(() => readZip(whole.subarray(0, length), limits))]).toEqual([length, unintelligible]);
    }
  });

  it('that unpacks to more than its limits is refused', () => {
    const dense = writeZip([file('a', 'x'.repeat(9_000))]); // a few bytes packed
    expect(failureOf(() => readZip(dense, limits))).toEqual(unintelligible);
    expect(readZip(dense, { ...limits, maxRatio: 2_000 })).toHaveLength(1);
    expect(failureOf(() => readZip(dense, { ...limits, maxRatio: 2_000, maxBytes: 8_999 }))).toEqual(unintelligible);
    const many = writeZip(['a', 'b', 'c', 'd'].map((name) => file(name)));
    expect(failureOf(() => readZip(many, limits))).toEqual(unintelligible);
    expect(readZip(many, { ...limits, maxEntries: 4 })).toHaveLength(4);
  });

  it('that declares less than it holds gives no more than it declares', () => {
    const bytes = Buffer.from(writeZip([file('a', 'x'.repeat(4_000))]));
    const central = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt32LE(10, central + 24); // uncompressed size in the central directory
    const read = failureOf(() => readZip(bytes, { ...limits, maxRatio: 1_000 }));
    const size = Array.isArray(read) ? (read[0] as { bytes: Uint8Array }).bytes.length : 0;
    expect(size).toBeLessThanOrEqual(10);
  });

  it('is nothing else', () => {
    for (const other of ['', '<html>统一登录</html>', 'PK']) {
      expect(failureOf(() => readZip(text(other), limits))).toEqual(unintelligible);
    }
  });
});
