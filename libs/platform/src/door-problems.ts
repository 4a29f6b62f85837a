/** Has the form of `SettingProblem` (environment.ts). */
interface SettingProblem {
  readonly key: string;
  readonly expected: string;
  readonly from: string;
  readonly fix: string;
}

interface DoorSettings {
  readonly trustedProxies: readonly string[];
  readonly doorsCertFile: string | null;
  readonly doorsKeyFile: string | null;
  readonly doorsClientCaFile: string | null;
  readonly doorsClientCertHeader: string | null;
}

/** Settings of the doors that mean something only together. */
export function doorProblems(read: DoorSettings): SettingProblem[] {
  const { doorsCertFile, doorsKeyFile, doorsClientCaFile, doorsClientCertHeader, trustedProxies } = read;
  const isWithTls = doorsCertFile !== null;
  const isHalf = isWithTls !== (doorsKeyFile !== null);
  const isUnchecked = doorsClientCertHeader !== null && (doorsClientCaFile === null || trustedProxies.length === 0);
  const isUseless = doorsClientCaFile !== null && !isWithTls && doorsClientCertHeader === null;
  const from = 'the environment';
  return [
    ...(isHalf
      ? [
          {
            ...{ key: 'CHAKONG_DOORS_TLS_CERT_FILE', expected: 'certificate and key together', from },
            fix: 'set CHAKONG_DOORS_TLS_CERT_FILE and CHAKONG_DOORS_TLS_KEY_FILE, or neither',
          },
        ]
      : []),
    ...(isUnchecked
      ? [
          {
            ...{ key: 'CHAKONG_DOORS_CLIENT_CERT_HEADER', expected: 'a header that can be checked', from },
            fix: 'set CHAKONG_DOORS_CLIENT_CA_FILE and CHAKONG_TRUST_PROXY as well, or unset it',
          },
        ]
      : []),
    ...(isUseless
      ? [
          {
            ...{ key: 'CHAKONG_DOORS_CLIENT_CA_FILE', expected: 'a way for certificates to come in', from },
            fix: 'set CHAKONG_DOORS_TLS_CERT_FILE, or CHAKONG_DOORS_CLIENT_CERT_HEADER behind a proxy',
          },
        ]
      : []),
  ];
}

/** Node has a variable that trusts whoever answers; no process of ours starts with it. */
export function verificationProblems(source: Readonly<Record<string, string | undefined>>): SettingProblem[] {
  if (source['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return [];
  const from = 'environment NODE_TLS_REJECT_UNAUTHORIZED';
  const fix = 'unset it; give the authority of the other side in tls.ca of its channel or in NODE_EXTRA_CA_CERTS';
  return [{ key: 'NODE_TLS_REJECT_UNAUTHORIZED', expected: 'unset: certificates are always verified', from, fix }];
}
