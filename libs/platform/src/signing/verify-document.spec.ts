import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { contentHash } from '../crypto.ts';
import { openSigner } from './detached-jws.ts';
import { verificationCode } from './verification-code.ts';
import { hashOfExport, verifyDocument } from './verify-document.ts';

const newSigner = () =>
  openSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())!;
const signer = newSigner();
const trusted = { keys: [signer.publicJwk] };

const body = {
  inquiryId: 'inq_1',
  schemaVersion: '1',
  assets: [{ accountNumber: '6299990000000000012' }],
  status: 'complete',
};
const names = { reportId: 'rep_1', reportVersion: 1, supersedes: null, contentHash: contentHash(body) };
const claims = { kind: 'report', ...names, inquiryId: 'inq_1', sealedAt: '2026-11-22T14:05:30+08:00' } as const;
const report = { ...body, ...names, changes: null, signature: { claims, jws: signer.sign(claims) } };
const codes = (value: unknown, keys: Parameters<typeof verifyDocument>[1] = trusted) => {
  const { valid, findings } = verifyDocument(value, keys);
  return { valid, failed: findings.flatMap(({ code, outcome }) => (outcome === 'failed' ? [code] : [])) };
};

describe('a report as a file', () => {
  it('is verified from its bytes alone', () => {
    const verified = verifyDocument(JSON.parse(JSON.stringify(report)), trusted);
    expect(verified).toMatchObject({ valid: true, kind: 'report', reportId: 'rep_1', keyId: signer.publicJwk.kid });
    expect(verified.findings.every(({ zh, en }) => zh !== '' && en !== '')).toBe(true);
  });

  it('is not valid with a modified body, whatever was modified', () => {
    const other = { accountNumber: '6299990000000000013' };
    expect(codes({ ...report, assets: [other] })).toEqual({ valid: false, failed: ['content-hash'] });
    expect(codes({ ...report, added: 1 })).toEqual({ valid: false, failed: ['content-hash'] });
    const hash = contentHash({ ...body, assets: [other] });
    expect(codes({ ...report, assets: [other], contentHash: hash })).toEqual({
      valid: false,
      failed: ['report-claims'],
    });
    expect(codes({ ...report, reportVersion: 2 })).toEqual({ valid: false, failed: ['report-claims'] });
  });

  it('is not valid with a modified, a foreign or no signature', () => {
    const { jws } = report.signature;
    const spoiled = `${jws.slice(0, -9)}${jws.at(-9) === 'A' ? 'B' : 'A'}${jws.slice(-8)}`;
    expect(codes({ ...report, signature: { claims, jws: spoiled } }).failed).toEqual(['report-signature']);
    expect(codes(report, { keys: [newSigner().publicJwk] }).failed).toEqual(['wrong-key']);
    expect(codes(report, { fingerprint: 'A'.repeat(43) }).failed).toEqual(['wrong-key']);
    expect(codes({ ...report, signature: null })).toEqual({ valid: false, failed: ['signature-missing'] });
    const { signature: _, ...without } = report;
    expect(codes(without)).toEqual({ valid: false, failed: ['signature-missing'] });
  });

  it('says that changes are not covered', () => {
    const { findings } = verifyDocument({ ...report, changes: { any: 1 } }, trusted);
    expect(findings.at(-1)).toMatchObject({ code: 'changes-not-covered', outcome: 'note' });
  });

  it('is nothing else', () => {
    for (const value of [null, [], 'text', { documentType: 'chakong-export' }, { reportId: 'rep_1' }])
      expect(codes(value)).toEqual({ valid: false, failed: ['not-a-document'] });
  });
});

const exported = (mask: 'none' | 'standard') => {
  const shown = mask === 'none' ? body : { ...body, assets: [{ accountNumber: '6299****0012' }] };
  const at = '2026-11-22T14:06:00+08:00';
  const document = {
    documentType: 'chakong-export',
    schemaVersion: '1',
    export: {
      ...{ exportId: 'exp_1', exportedAt: at, locale: 'zh-CN', mask, leftOut: [], draft: false, notices: [] },
      masked: mask === 'none' ? [] : [{ what: 'account-numbers', count: 1 }],
      watermark: {
        ...{ userId: 'usr_1', name: '某某', courtCode: '990100', courtName: '某法院', at, exportId: 'exp_1' },
        purpose: 'execution',
      },
    },
    original: {
      ...{ ...names, inquiryId: 'inq_1', verificationCode: verificationCode(names) },
      signature: report.signature as typeof report.signature | null,
      unsigned: null,
    },
    report: shown as Record<string, unknown>,
  };
  return sealed(document);
};
const sealed = <Document extends { original: object }>(document: Document) => {
  const exportHash = hashOfExport({ ...document, exportHash: '', exportSignature: '' });
  const own = {
    kind: 'export' as const,
    ...{ exportId: 'exp_1', exportHash, reportId: 'rep_1', reportVersion: 1 },
    ...{ contentHash: names.contentHash, draft: false, exportedAt: '2026-11-22T14:06:00+08:00' },
    mask: (document as unknown as { export: { mask: 'none' | 'standard' } }).export.mask,
  } as const;
  return { ...document, exportHash, exportSignature: { claims: own, jws: signer.sign(own) } };
};

describe('an export', () => {
  it.each(['none', 'standard'] as const)('masked %s proves that it is ours and which version it came from', (mask) => {
    const verified = verifyDocument(JSON.parse(JSON.stringify(exported(mask))), trusted);
    expect(verified.findings.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(verified).toMatchObject({ valid: true, kind: 'export', exportId: 'exp_1', contentHash: names.contentHash });
  });

  it('is not valid when anything in it was changed', () => {
    const good = exported('standard');
    expect(codes({ ...good, report: { ...good.report, status: 'partial' } }).failed).toEqual(['export-hash']);
    expect(codes({ ...good, export: { ...good.export, draft: true } }).failed).toEqual([
      'export-hash',
      'export-claims',
    ]);
    expect(codes({ ...good, exportHash: names.contentHash }).failed).toEqual(['export-hash', 'export-claims']);
    const other = { ...good.original, contentHash: contentHash('another') };
    expect(codes({ ...good, original: other }).failed).toEqual(['export-hash', 'export-claims', 'report-claims']);
  });

  it('cannot be made by whoever has an export, not even with the signature of the original', () => {
    const stranger = newSigner();
    const good = exported('standard');
    const forged = { ...good.exportSignature, jws: stranger.sign(good.exportSignature.claims) };
    expect(codes({ ...good, exportSignature: forged }).failed).toEqual(['wrong-key']);
  });

  it('unmasked must hold the very content of its version, even if we signed it', () => {
    const { exportHash: _, exportSignature: __, ...document } = exported('none');
    expect(codes(sealed({ ...document, report: { ...body, status: 'partial' } })).failed).toEqual(['content-hash']);
  });

  it('of a version from before signatures says so', () => {
    const { exportHash: _, exportSignature: __, ...document } = exported('standard');
    const why = { zh: '签名启用前', en: 'before signatures' };
    const verified = verifyDocument(
      sealed({ ...document, original: { ...document.original, signature: null, unsigned: why } }),
      trusted,
    );
    expect(verified).toMatchObject({ valid: true });
    expect(verified.findings).toContainEqual(expect.objectContaining({ code: 'original-unsigned', outcome: 'note' }));
  });
});

describe('a verification code', () => {
  it('is four groups of four characters that follow from the version', () => {
    expect(verificationCode(names)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(verificationCode(names)).toBe(verificationCode({ ...names }));
    expect(verificationCode({ ...names, reportVersion: 2 })).not.toBe(verificationCode(names));
  });
});
