import { expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import { lookInto } from './look-into.ts';

/** Any hash will do here; that of a browser is tried in the browser. */
const hashOf = async (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>) => hashed(new Uint8Array(bytes));
const hashed = (bytes: Uint8Array): string => {
  const sum = bytes.reduce((so, byte) => Math.imul(so ^ byte, 16_777_619) >>> 0, 2_166_136_261);
  return `sha256:${sum.toString(16).padStart(64, '0')}`;
};
const sealed = (value: object) => hashed(new TextEncoder().encode(canonicalize(value) ?? ''));
// jsdom's Blob has no arrayBuffer
const file = (content: string | Uint8Array): Blob => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { size: bytes.byteLength, arrayBuffer: async () => new Uint8Array(bytes).buffer } as Blob;
};
const look = (value: unknown) => lookInto(file(JSON.stringify(value)), hashOf);

const body = { inquiryId: 'inq_1', assets: [{ amount: '9800.00' }], summary: '已反馈 17 家' };
const report = {
  ...{ ...body, reportId: 'rep_1', reportVersion: 3, supersedes: 'rep_0', contentHash: sealed(body) },
  ...{ signature: null, changes: null },
};
const exported = (mask: string, shown: object = body) => {
  const rest = {
    documentType: 'chakong-export',
    export: { mask, masked: mask === 'none' ? [] : [{ what: 'account-numbers', count: 1 }], leftOut: [] },
    original: { reportId: 'rep_1', reportVersion: 3, contentHash: sealed(body) },
    report: shown,
  };
  return { ...rest, exportHash: sealed(rest), exportSignature: { jws: 'x' } };
};

it('finds that a version, and an export that leaves nothing out, carry the content they claim', async () => {
  for (const value of [report, exported('none')]) {
    const looked = await look(value);
    expect(looked).toMatchObject({ kind: 'fits', claim: { reportId: 'rep_1', reportVersion: 3, isWhole: true } });
  }
});

it('finds every change of the content, also where the outer hash was made again to fit', async () => {
  expect(await look({ ...report, summary: '已反馈 18 家' })).toEqual({ kind: 'changed' });
  expect(await look({ ...exported('none'), report: { ...body, assets: [] } })).toEqual({ kind: 'changed' });
  expect(await look(exported('none', { ...body, assets: [] }))).toEqual({ kind: 'changed' });
});

it('never calls a masked content proved: its hash is not that of the version', async () => {
  expect(await look(exported('standard'))).toMatchObject({ kind: 'fits', claim: { isWhole: false } });
});

it('tells paper from what is not ours, and what cannot be hashed from both', async () => {
  expect(await lookInto(file('%PDF-1.7'), hashOf)).toMatchObject({ kind: 'paper' });
  expect(await lookInto(file(new Uint8Array([0xff, 0xfe, 0])), hashOf)).toMatchObject({ kind: 'paper' });
  expect(await look({ any: 'thing' })).toMatchObject({ kind: 'not-ours' });
  expect(await lookInto(file('no json'), hashOf)).toMatchObject({ kind: 'not-ours' });
  expect(await lookInto(file('{}'), async () => null)).toEqual({ kind: 'no-hashing' });
});
