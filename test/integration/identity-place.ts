import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Settings } from '#platform';
import { hashToken } from '#platform';
import type { GatewayParts, RunningGateway } from '../../apps/gateway/src/index.ts';
import { type RunningIdentity, startIdentity } from '../../apps/identity/src/index.ts';
import pg from 'pg';
import { type Browser, openBrowser, type Page } from './browser.ts';
import { type GatewayPlace, startGatewayPlace } from './gateway-place.ts';
import { ownPort } from '../own-port.ts';

/** A clock that goes ahead of the system's by so much. */
export const aheadBy = (ms: number): Clock => ({
  now: () => new Date(Date.now() + ms),
  monotonicMs: () => performance.now() + ms,
});

export interface GatewayForBrowsers {
  readonly url: string;
  readonly settings: Settings;
  readonly running: RunningGateway;
}

export interface IdentityPlace {
  readonly place: GatewayPlace;
  readonly identity: RunningIdentity;
  /** A connection for looking behind the store. */
  readonly raw: pg.Client;
  /** A gateway that people sign in to. */
  readonly gateway: GatewayForBrowsers;
  /** Another one on the same parts, for the same people. */
  open(
    change?: Partial<GatewayParts> & { readonly issuer?: string; readonly more?: Partial<Settings> },
  ): Promise<GatewayForBrowsers>;
  stop(): Promise<void>;
}

/** Tokens of the demo's people beside those of the gateway's place. */
export const adminToken = 'ckt_wu-00000000000000000000000';

/** A gateway with the real provider of the demo beside it. */
export async function startIdentityPlace(): Promise<IdentityPlace> {
  const place = await startGatewayPlace();
  const dataDir = mkdtempSync(join(tmpdir(), 'chakong-identity-'));
  const [port, identityPort] = [await ownPort(), await ownPort()];
  const issuer = `http://127.0.0.1:${identityPort}`;
  const { installation } = place.parts;
  const admin = {
    tokenId: 'tok_wu',
    userId: 'usr_wu',
    tokenHash: hashToken(adminToken),
    scopes: null,
    expiresAt: null,
  };
  const open: IdentityPlace['open'] = async ({ more = {}, issuer: other, ...change } = {}) => {
    const own = change.settings?.port ?? (await ownPort());
    const settings = {
      ...place.parts.settings,
      port: own,
      publicUrl: `http://localhost:${own}`,
      controlUrl: `tcp://127.0.0.1:${await ownPort()}`,
      oidcIssuer: other ?? issuer,
      ...more,
    };
    const tokens = [...installation.tokens, admin];
    const running = await place.another({ installation: { ...installation, tokens }, ...change, settings });
    return { url: settings.publicUrl, settings, running };
  };
  const gateway = await open({ settings: { ...place.parts.settings, port } });
  const identity = await startIdentity({
    ...{ host: '127.0.0.1', port: identityPort, dataDir, clientId: 'chakong', log: place.parts.log },
    people: [...installation.officers, stranger],
    gatewayUrl: gateway.url,
    gatewayDirectUrl: () => gateway.url,
    production: false,
    now: () => new Date(),
  });
  const raw = new pg.Client({ connectionString: place.databaseUrl });
  await raw.connect();
  return {
    ...{ place, identity, raw, gateway, open },
    async stop() {
      await identity.stop();
      await raw.end();
      await place.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Known to the provider, and not in the register. */
export const stranger = {
  userId: 'usr_stranger',
  name: '路过',
  courtName: '他处',
  roles: ['officer' as const],
};

/** Begins at the gateway and picks a person on the page of the provider. */
export async function signInAs(
  browser: Browser,
  gateway: GatewayForBrowsers,
  { userId, query = '' }: { readonly userId: string; readonly query?: string },
): Promise<Page> {
  const picker = await browser.go(`${gateway.url}/auth/sign-in${query}`);
  if (!picker.text.includes(`value="${userId}"`)) return picker;
  return browser.go(picker.url, { method: 'POST', form: { person: userId } });
}

/** A browser in which somebody has signed in, and what its pages would send with every change. */
export async function browserOf(gateway: GatewayForBrowsers, userId: string) {
  const browser = openBrowser();
  await signInAs(browser, gateway, { userId });
  const me = (await browser.go(`${gateway.url}/api/v1/me`)).json();
  return { browser, me, csrf: { 'x-csrf-token': me.session?.csrfToken ?? '' } };
}
