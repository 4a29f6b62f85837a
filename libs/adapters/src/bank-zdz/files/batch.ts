import { openSftp } from '#adapter-kit';
import type { AdapterPorts, BatchSession, FileBoxes } from '#contracts';
import type { BoxSettings } from '../settings.ts';
import { isBankCode } from './names.ts';
import { packTasks } from './pack.ts';
import { unpack } from './unpack.ts';

/**
 * Transport F: both sides exchange ZIP files through a box (bank-zdz.md §1.2).
 *
 * @throws RangeError when an agency of the channel has a code that cannot stand in a file name
 */
export function openBatch(ports: AdapterPorts<BoxSettings>): BatchSession {
  const { settings, agencies } = ports;
  const odd = [...agencies.values()].filter(({ code }) => !isBankCode(code)).map(({ agencyId }) => agencyId);
  if (odd.length > 0) throw new RangeError(`bank codes of other than 17 characters: ${odd.slice(0, 10).join(', ')}`);
  const connect = boxesOf(ports);
  return {
    scanEveryMs: settings.sftp.scanEverySeconds * 1_000,
    maxTasksPerPackage: settings.sftp.maxTasksPerPackage,
    connect,
    pack: (content) => packTasks(content, settings),
    unpack: (agency, file) => unpack(agency, file, settings),
  };
}

function boxesOf({ settings, secret, now, allowedNetworks = [] }: AdapterPorts<BoxSettings>): BatchSession['connect'] {
  const { sftp } = settings;
  const { host, port, username, hostKeySha256, maxFileBytes } = sftp;
  const connect = openSftp({
    ...{ host, port, username, hostKeySha256, maxFileBytes, now, allowedNetworks },
    login: loginOf(sftp, secret),
    deadlineMs: sftp.operationSeconds * 1_000,
    stableAfterMs: sftp.stableAfterSeconds * 1_000,
    maxFiles: sftp.maxFilesPerScan,
  });
  return async (signal): Promise<FileBoxes> => {
    const boxes = await connect(signal);
    const folder = (path: string, code: string): string => path.replaceAll('{code}', code);
    return {
      of: ({ code }) =>
        boxes.box({
          inbox: folder(sftp.inboxPath, code),
          outbox: folder(sftp.outboxPath, code),
          archive: folder(sftp.archivePath, code),
        }),
      close: () => boxes.close(),
    };
  };
}

function loginOf({ passwordRef, privateKeyRef }: BoxSettings['sftp'], secret: (name: string) => string) {
  if (privateKeyRef !== null) return { privateKey: secret(privateKeyRef.secret) };
  if (passwordRef !== null) return { password: secret(passwordRef.secret) };
  throw new TypeError('the settings name neither a key nor a password');
}
