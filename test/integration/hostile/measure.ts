import { setTimeout as wait } from 'node:timers/promises';
import { zipSync } from 'fflate';
import { parseJson, parseXml, readSoapBody, readZip } from '../../../libs/adapter-kit/src/index.ts';

/**
 * Reads one document of an attacker in a process of its own and prints what came of it and how far the memory grew above
 * what the document itself takes: `{ "said": …, "grownBytes": … }`.
 */
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const zipLimits = { maxEntries: 1_000, maxBytes: 67_108_864, maxRatio: 200 };
const laughs = Array.from({ length: 12 }, (_, no) => `<!ENTITY l${no + 1} "${`&l${no};`.repeat(10)}">`).join('');

const documents: Readonly<Record<string, () => readonly [Uint8Array, (bytes: Uint8Array) => unknown]>> = {
  'billion laughs': () => [
    text(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l12;</a>`),
    (bytes) => parseXml(Buffer.from(bytes).toString()),
  ],
  'quadratic entity': () => [
    text(`<!DOCTYPE a [<!ENTITY b "${'b'.repeat(100_000)}">]><a>${'&b;'.repeat(10_000)}</a>`),
    (bytes) => parseXml(Buffer.from(bytes).toString()),
  ],
  'external entity': () => [
    text('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    (bytes) => parseXml(Buffer.from(bytes).toString()),
  ],
  'external document type': () => [
    text('<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>'),
    (bytes) => parseXml(Buffer.from(bytes).toString()),
  ],
  'deep XML': () => [
    text('<a>'.repeat(200_000) + '</a>'.repeat(200_000)),
    (bytes) => parseXml(Buffer.from(bytes).toString()),
  ],
  'deep SOAP': () => [
    text(`<Envelope><Body>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</Body></Envelope>`),
    readSoapBody,
  ],
  'deep JSON': () => [text('['.repeat(1_000_000)), parseJson],
  'zip bomb by size': () => [
    zipSync({ a: new Uint8Array(100_000_000) }, { level: 1 }),
    (bytes) => readZip(bytes, zipLimits),
  ],
  'zip bomb by entries': () => [
    zipSync(Object.fromEntries(Array.from({ length: 20_000 }, (_, no) => [`${no}`, new Uint8Array(10)]))),
    (bytes) => readZip(bytes, zipLimits),
  ],
  'zip that lies about its size': () => {
    const archive = Buffer.from(zipSync({ a: new Uint8Array(100_000_000) }, { level: 1 }));
    archive.writeUInt32LE(1_000, archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    return [archive, (bytes) => readZip(bytes, zipLimits)];
  },
};

const made = documents[process.argv[2] ?? ''];
if (!made) {
  process.stdout.write(JSON.stringify(Object.keys(documents)));
} else {
  const [bytes, read] = made();
  // What was needed to make the document is given back first, else the attack hides in it.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await wait(20);
  }
  const before = process.memoryUsage().rss;
  let most = before;
  const said = (() => {
    try {
      return read(bytes) === undefined ? 'read' : 'read';
    } catch (error) {
      return error instanceof Error ? error.name : 'thrown';
    }
  })();
  most = Math.max(most, process.memoryUsage().rss);
  process.stdout.write(JSON.stringify({ said, grownBytes: most - before }));
}
