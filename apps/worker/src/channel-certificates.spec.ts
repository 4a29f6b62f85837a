import { describe, expect, it } from '@jest/globals';
import { type ChannelConfig, channelConfigSchema } from '#contracts';
import { makeCertificate } from '../../../test/faults/certificate.ts';
import { tlsProblems, watchCertificates } from './channel-certificates.ts';

const now = new Date('2026-11-01T00:00:00Z');
const dayMs = 86_400_000;
const inDays = (days: number) => makeCertificate('court', now, { endsAt: new Date(now.getTime() + days * dayMs) });
const root = inDays(400);
const soon = inDays(12);
const texts: Record<string, string> = {
  root: root.cert,
  cert: soon.cert,
  key: soon.key,
  'other-key': root.key,
  'canary-text': 'canary',
};
const secretOf = (name: string): string | null => texts[name] ?? null;
const ref = (secret: string) => ({ secret });
const channel = (tls: object | null): ChannelConfig =>
  channelConfigSchema.parse({
    ...{
      channelId: 'city',
      nameZh: '市',
      nameEn: 'City',
      adapter: 'any',
      mode: 'call',
      baseUrl: 'https://a.example',
      tls,
    },
  });

describe('the certificates of a channel', () => {
  it('are refused at start when they cannot be read or do not fit, without a word of theirs', () => {
    expect(tlsProblems(channel(null), secretOf)).toEqual([]);
    expect(tlsProblems(channel({ ca: ref('root'), cert: ref('cert'), key: ref('key') }), secretOf)).toEqual([]);
    const stray = tlsProblems(channel({ ca: ref('canary-text'), cert: ref('cert'), key: ref('other-key') }), secretOf);
    expect(stray).toEqual(['certificates in PEM behind ca', 'a private key in PEM behind key that belongs to cert']);
    const wrong = tlsProblems(channel({ cert: ref('canary-text'), key: ref('canary-text') }), secretOf);
    expect(wrong).toHaveLength(2);
    expect(JSON.stringify([stray, wrong])).not.toContain('canary');
  });

  it('are measured, and operators are told of those that end within 30 days', async () => {
    const measured: unknown[] = [];
    const told: unknown[] = [];
    await watchCertificates({
      ...{ configs: [channel({ ca: ref('root'), cert: ref('cert'), key: ref('key') }), channel(null)], secretOf },
      store: { operationsEvents: { tell: async (event: unknown) => void told.push(event) } } as never,
      metrics: { credentialEnds: ({ credential, at }) => void measured.push([credential, at.toISOString()]) },
      ...{ log: { warn: () => {} }, clock: { now: () => now } },
    });
    expect(measured).toEqual([
      ['ca', '2027-12-06T00:00:00.000Z'],
      ['cert', '2026-11-13T00:00:00.000Z'],
    ]);
    expect(told).toEqual([
      expect.objectContaining({ kind: 'channel-credential-expiring', detail: { credential: 'cert', daysLeft: 12 } }),
    ]);
  });
});
