import { rmSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Court, openCourt } from '../e2e/court.ts';
import { prepare, type ProductOptions, tokens, untilReady } from '../e2e/product.ts';
import { launch, openFolder } from '../e2e/running-process.ts';
import { ownPort } from '../own-port.ts';
import type { FaultRule } from '../../apps/simulator/src/index.ts';

/** The browser of the machine: `CHROMIUM`, or where Debian puts it. */
export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** The real product in its embedded shape on free ports, with a real browser in front of it. */
export interface ConsolePlace {
  readonly url: string;
  readonly dir: string;
  readonly browser: Browser;
  /** The API as usr_zhao, for preparing what a screen is to show. */
  readonly court: Court;
  /** The API as anybody; see config/officers.yaml for people, `tokens` for those with a token. */
  courtAs(who: keyof typeof tokens): Court;
  /** A browser of their own, signed in through the demo provider, on the given screen of the console. */
  signIn(userId: string, path?: string, options?: SignInOptions): Promise<Page>;
  /** A browser of somebody who is not signed in. */
  visit(path: string, options?: SignInOptions): Promise<Page>;
  setFaults(faults: readonly FaultRule[]): Promise<void>;
  /** Everything the product has written so far. */
  written(): string;
  stop(): Promise<void>;
}

interface SignInOptions {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'zh-CN' | 'en';
  /** Device pixels per CSS pixel; below 1 pictures become small. */
  readonly scale?: number;
}

interface ConsoleOptions extends ProductOptions {
  /** A database of the caller's; without it the product brings its own. */
  readonly databaseUrl?: string;
}

export async function openConsole(options: ConsoleOptions = {}): Promise<ConsolePlace> {
  const dir = openFolder('chakong-console-');
  const prepared = await prepare(dir, '', options);
  const { DATABASE_URL: _none, ...environment } = {
    ...prepared,
    CHAKONG_DATABASE_PORT: `${await ownPort()}`,
    CHAKONG_IDENTITY_PORT: `${await ownPort()}`,
    CHAKONG_SIMULATOR_FILES_PORT: `${await ownPort()}`,
    CHAKONG_LOG_LEVEL: 'warn',
    ...options.environment,
  } as Record<string, string>;
  if (options.databaseUrl !== undefined) environment['DATABASE_URL'] = options.databaseUrl;
  const url = `http://localhost:${environment['PORT']}`; // what the demo provider knows us by
  const simulatorUrl = `http://127.0.0.1:${environment['CHAKONG_SIMULATOR_PORT']}`;
  const browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  const product = launch({
    name: 'product',
    script: 'apps/cli/src/main.js',
    args: ['up', '--json'],
    environment,
    cwd: dir,
  });
  const stop = async () => {
    await browser.close();
    await product.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await untilReady(product, `${url}/health/startup`, 90_000);
    await untilReady(
      product,
      `http://127.0.0.1:${environment['CHAKONG_IDENTITY_PORT']}/.well-known/openid-configuration`,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const visit = async (path: string, more: SignInOptions = {}) => {
    const page = await (await contextOf(browser, more)).newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${url}${path}`);
    return page;
  };
  return {
    ...{ url, dir, browser, visit, stop },
    court: openCourt(url, tokens.zhao),
    courtAs: (who) => openCourt(url, tokens[who]),
    async signIn(userId, path = '/console/', more = {}) {
      const page = await visit(`/auth/sign-in?returnTo=${encodeURIComponent(path)}`, more);
      await page.locator(`button[name="person"][value="${userId}"]`).click();
      await page.waitForURL((at) => at.pathname.startsWith('/console'));
      return page;
    },
    async setFaults(faults) {
      const { ok } = await fetch(`${simulatorUrl}/__faults`, { method: 'PUT', body: JSON.stringify(faults) });
      if (!ok) throw new Error('the simulator refused the faults');
    },
    written: () => product.stdout() + product.stderr(),
  };
}

async function contextOf(
  browser: Browser,
  { width = 1280, height = 900, language = 'zh-CN', scale = 1 }: SignInOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale: language,
    acceptDownloads: true,
    reducedMotion: 'reduce',
  });
  const preferences = JSON.stringify({ language, reducedMotion: true });
  await context.addInitScript({
    content: `localStorage.getItem('chakong.preferences') ?? localStorage.setItem('chakong.preferences', '${preferences}')`,
  });
  return context;
}
