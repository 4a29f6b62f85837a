import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ReportClaims } from '#contracts';
import { calculateJwkThumbprint, flattenedVerify, importJWK } from 'jose';
import { canonicalJson } from '../canonical-json.ts';
import { thumbprintOf, verifyBytes } from './algorithms.ts';
import { keyOf, openSigner, type Signer, verifyDetached } from './detached-jws.ts';
import { verifySm2 } from './sm2.ts';

const pem = (kind: 'ed25519' | 'SM2' | 'rsa'): string => {
  const { privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : kind === 'SM2'
        ? generateKeyPairSync('ec', { namedCurve: 'SM2' })
        : generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};
const signerOf = (kind: 'ed25519' | 'SM2'): Signer => openSigner(pem(kind))!;

const claims: ReportClaims = {
  kind: 'report',
  reportId: 'rep_1',
  reportVersion: 2,
  inquiryId: 'inq_1',
  contentHash: `sha256:${'a'.repeat(64)}`,
  supersedes: 'rep_0',
  sealedAt: '2026-11-22T14:05:30+08:00',
};
const changed = (jws: string, part: 0 | 2): string => {
  const parts = jws.split('.');
  const text = parts[part] ?? '';
  const at = Math.floor(text.length / 2);
  parts[part] = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
  return parts.join('.');
};

describe.each(['ed25519', 'SM2'] as const)('a signature with %s', (kind) => {
  const signer = signerOf(kind);
  const { publicJwk } = signer;
  const jws = signer.sign(claims);
  const trusted = { keys: [publicJwk] };

  it('is valid for its claims, by the key or by its fingerprint', () => {
    expect(verifyDetached(jws, claims, trusted)).toBe('valid');
    expect(verifyDetached(jws, claims, { fingerprint: publicJwk.kid })).toBe('valid');
    expect(keyOf(jws)).toEqual(publicJwk);
  });

  it.each(['reportId', 'inquiryId', 'contentHash', 'sealedAt'] as const)('is not valid for another %s', (name) => {
    expect(verifyDetached(jws, { ...claims, [name]: `${claims[name]}0` }, trusted)).toBe('invalid');
  });

  it('is not valid when one of its letters was changed', () => {
    expect(verifyDetached(changed(jws, 2), claims, trusted)).toBe('invalid');
    expect(verifyDetached(changed(jws, 0), claims, trusted)).toBe('invalid');
    expect(verifyDetached('x..y', claims, trusted)).toBe('invalid');
  });

  it('is by the wrong key when somebody else signed, even if his key is in the head', () => {
    const stranger = signerOf(kind).sign(claims);
    expect(verifyDetached(stranger, claims, trusted)).toBe('wrong-key');
    expect(verifyDetached(stranger, claims, { fingerprint: publicJwk.kid })).toBe('wrong-key');
  });

  it('is not valid when a stranger signs under a head that names our key', () => {
    const [head = ''] = jws.split('.');
    const [, , theirs = ''] = signerOf(kind).sign(claims).split('.');
    expect(verifyDetached(`${head}..${theirs}`, claims, trusted)).toBe('invalid');
  });
});

describe('a signature with Ed25519', () => {
  it('is a detached JWS as others read it', async () => {
    const signer = signerOf('ed25519');
    const [head = '', payload, signature = ''] = signer.sign(claims).split('.');
    expect(payload).toBe('');
    const { kty, crv, x } = signer.publicJwk;
    const whole = { protected: head, payload: Buffer.from(canonicalJson(claims)).toString('base64url'), signature };
    const read = await flattenedVerify(whole, await importJWK({ kty, crv, x }, 'EdDSA'));
    expect(JSON.parse(new TextDecoder().decode(read.payload))).toEqual(claims);
    expect(await calculateJwkThumbprint({ kty, crv, x })).toBe(signer.publicJwk.kid);
  });
});

describe('a signature with SM2', () => {
  // GM/T 0003.5: the example of the recommended curve, user id 1234567812345678.
  const key = Buffer.from(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    'hex',
  );
  const signature = Buffer.from(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
    'hex',
  );

  it('verifies the example of the standard, user id included', () => {
    expect(verifySm2(Buffer.from('message digest'), signature, key)).toBe(true);
    expect(verifySm2(Buffer.from('message digesT'), signature, key)).toBe(false);
    expect(verifySm2(Buffer.from('message digest'), signature.subarray(1), key)).toBe(false);
    expect(verifySm2(Buffer.from('message digest'), signature, Buffer.alloc(65, 4))).toBe(false);
  });

  it('has the public key of the private one', () => {
    const privateKey = pem('SM2');
    const { publicJwk } = openSigner(privateKey)!;
    const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    expect(publicJwk.kty === 'EC' && Buffer.from(publicJwk.x + publicJwk.y, 'base64url').length).toBeTruthy();
    expect(spki.subarray(-64, -32).toString('base64url')).toBe(publicJwk.x);
    expect(thumbprintOf(publicJwk)).toBe(publicJwk.kid);
  });
});

describe('a key', () => {
  it('of any other kind signs nothing', () => {
    for (const text of [pem('rsa'), 'no key', '']) expect(openSigner(text)).toBeNull();
  });

  it('that is no point of its curve verifies nothing', () => {
    const { publicJwk } = signerOf('ed25519');
    const { publicJwk: sm2 } = signerOf('SM2');
    const wrong = 'A'.repeat(43);
    expect(verifyBytes(Buffer.from('x'), Buffer.alloc(64), { ...publicJwk, x: wrong } as typeof publicJwk)).toBe(false);
    expect(verifyBytes(Buffer.from('x'), Buffer.alloc(64), { ...sm2, x: wrong } as typeof sm2)).toBe(false);
  });
});
