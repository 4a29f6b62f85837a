import { createHmac } from 'node:crypto';
import type { Agency, ChannelConfig } from '#contracts';
import { recordAt, textAt, type JsonRecord } from '../json-value.ts';
import type { DoorAddress } from './door-client.ts';
import { wireLogin } from './wire-w.ts';

/** A bank as it presents itself at the door of its channel. */
export interface BankAtDoor {
  readonly agency: Agency;
  readonly door: DoorAddress;
  /** `arg0` of every operation. */
  readonly login: string;
}

export interface BankChannelParts {
  readonly channel: ChannelConfig;
  readonly agencies: readonly Agency[];
  readonly doorsUrl: string;
  readonly secret: (name: string) => string;
}

const usualNamespace = 'http://syyh.service.webService.ckw.tdh/';

/** The banks of a channel with their addresses and logins; a bank the settings give no login is left out. */
export function banksOf({ channel, agencies, doorsUrl, secret }: BankChannelParts): readonly BankAtDoor[] {
  const settings = recordAt(channel.settings, 'door');
  const path = textAt(settings, 'path') ?? `/doors/${channel.channelId}`;
  const door = { url: new URL(path, doorsUrl), namespace: textAt(settings, 'namespace') ?? usualNamespace };
  const own = ownLogins(settings, secret);
  const pattern = recordAt(settings, 'loginPattern');
  return agencies.flatMap((agency) => {
    const login = own.get(agency.agencyId) ?? (pattern === null ? null : patternLogin(pattern, agency, secret));
    return login === null ? [] : [{ agency, door, login }];
  });
}

const secretName = (record: JsonRecord | null, key: string): string => textAt(recordAt(record, key), 'secret') ?? '';

function ownLogins(settings: JsonRecord | null, secret: (name: string) => string): ReadonlyMap<string, string> {
  const logins: unknown = settings?.['logins'];
  const rows: readonly unknown[] = Array.isArray(logins) ? logins : [];
  return new Map(
    rows.map((row) => {
      const login = recordAt(row);
      const password = secret(secretName(login, 'passwordRef'));
      return [textAt(login, 'agencyId') ?? '', wireLogin(textAt(login, 'username') ?? '', password)] as const;
    }),
  );
}

/** One rule for all banks of a channel: user name = prefix + code, the password shared or derived from it. */
function patternLogin(pattern: JsonRecord, agency: Agency, secret: (name: string) => string): string {
  const username = `${textAt(pattern, 'usernamePrefix') ?? ''}${agency.code}`;
  const known = secret(secretName(pattern, 'passwordRef'));
  const isDerived = textAt(pattern, 'passwords') === 'derived';
  return wireLogin(username, isDerived ? createHmac('sha256', known).update(username).digest('hex') : known);
}
