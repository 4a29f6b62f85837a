import { createPrivateKey } from 'node:crypto';
import { certificatesIn, credentialExpiries } from '#adapter-kit';
import type { ChannelConfig } from '#contracts';
import { type Clock, errorCode, type Log, type Metrics } from '#platform';
import type { Store } from '#store';

type SecretOf = (name: string) => string | null;

/** What is wrong with the texts behind `tls`, in words of the settings; the texts themselves are in none of them. */
export function tlsProblems({ tls }: Pick<ChannelConfig, 'tls'>, secretOf: SecretOf): string[] {
  if (tls === null) return [];
  const text = (name: 'ca' | 'cert' | 'key'): string | null => {
    const reference = tls[name];
    return reference === null ? null : secretOf(reference.secret); // null: told as a missing secret
  };
  const [ca, cert, key] = [text('ca'), text('cert'), text('key')];
  const isMatching = cert === null || key === null || fits(cert, key);
  return [
    ...(ca === null || isReadable(ca) ? [] : ['certificates in PEM behind ca']),
    ...(cert === null || isReadable(cert) ? [] : ['a certificate in PEM behind cert']),
    ...(isMatching ? [] : ['a private key in PEM behind key that belongs to cert']),
  ];
}

function isReadable(pem: string): boolean {
  try {
    return certificatesIn(pem).length > 0;
  } catch {
    return false;
  }
}

function fits(cert: string, key: string): boolean {
  try {
    return certificatesIn(cert)[0]?.checkPrivateKey(createPrivateKey(key)) ?? false;
  } catch {
    return false;
  }
}

export interface WatchParts {
  readonly configs: readonly ChannelConfig[];
  readonly secretOf: SecretOf;
  readonly store: Pick<Store, 'operationsEvents'>;
  readonly metrics: Pick<Metrics, 'credentialEnds'>;
  readonly log: Pick<Log, 'warn'>;
  readonly clock: Pick<Clock, 'now'>;
}

const dayMs = 86_400_000;
const warnDays = 30;

/** Measures when the certificates of all channels end, and tells operators of those that end within 30 days. */
export async function watchCertificates({ configs, secretOf, ...parts }: WatchParts): Promise<void> {
  const { store, metrics, log, clock } = parts;
  for (const { channelId, tls } of configs) {
    if (tls === null) continue;
    for (const { credential, endsAt } of credentialExpiries(tls, (name) => secretOf(name) ?? '')) {
      metrics.credentialEnds({ channelId, credential, at: endsAt });
      const daysLeft = Math.floor((endsAt.getTime() - clock.now().getTime()) / dayMs);
      if (daysLeft >= warnDays) continue;
      log.warn('channel.credential-expiring', { channelId, credential, daysLeft });
      const event = { kind: 'channel-credential-expiring', channelId, agencyId: null } as const;
      const told = store.operationsEvents.tell({ ...event, detail: { credential, daysLeft }, joinWithinMs: dayMs });
      await told.catch((error: unknown) => log.warn('event.failed', { channelId, code: errorCode(error) }));
    }
  }
}
