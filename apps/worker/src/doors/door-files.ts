import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { certificatesIn } from '#adapter-kit';
import { errorCode, type Settings } from '#platform';
import type { DoorsOptions } from './doors-server.ts';

type DoorFiles = Pick<DoorsOptions, 'tls' | 'trustedProxies' | 'clientAuthorities' | 'certificateHeader'>;

/** A file of the doors that cannot be used. Names the setting, never what stands in the file. */
export class DoorFileRefused extends Error {
  override readonly name = 'DoorFileRefused';
  readonly code = 'door-file';
}

/** Reads certificate, key and client authorities of the doors. @throws DoorFileRefused */
export async function readDoorFiles(settings: Settings): Promise<DoorFiles> {
  const { doorsCertFile, doorsKeyFile, doorsClientCaFile, doorsClientCertHeader, trustedProxies } = settings;
  const cert = await textOf('CHAKONG_DOORS_TLS_CERT_FILE', doorsCertFile);
  const key = await textOf('CHAKONG_DOORS_TLS_KEY_FILE', doorsKeyFile);
  const clientCa = await textOf('CHAKONG_DOORS_CLIENT_CA_FILE', doorsClientCaFile);
  const [own] = cert === null ? [] : readable('CHAKONG_DOORS_TLS_CERT_FILE', () => certificatesIn(cert));
  if (cert !== null && key !== null) {
    const fits = readable('CHAKONG_DOORS_TLS_KEY_FILE', () => own?.checkPrivateKey(createPrivateKey(key)) ?? false);
    if (!fits) throw new DoorFileRefused('CHAKONG_DOORS_TLS_KEY_FILE is not the key of CHAKONG_DOORS_TLS_CERT_FILE');
  }
  const clientAuthorities =
    clientCa === null ? [] : readable('CHAKONG_DOORS_CLIENT_CA_FILE', () => certificatesIn(clientCa));
  if (clientCa !== null && clientAuthorities.length === 0)
    throw new DoorFileRefused('CHAKONG_DOORS_CLIENT_CA_FILE holds no certificate in PEM');
  return {
    tls: cert === null || key === null ? null : { cert, key, clientCa },
    ...{ trustedProxies, clientAuthorities, certificateHeader: doorsClientCertHeader },
  };
}

async function textOf(setting: string, file: string | null): Promise<string | null> {
  if (file === null) return null;
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new DoorFileRefused(`${setting} names a file that cannot be read (${errorCode(error)})`);
  });
}

function readable<T>(setting: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new DoorFileRefused(`${setting} names a file that is not PEM`);
  }
}
