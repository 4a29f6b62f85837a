import { once } from 'node:events';
import { type EmbeddedShape, startEmbedded } from '../embedded.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import type { SignIn } from '../sign-ins.ts';
import { type Column, table } from '../table.ts';

export interface UpOptions {
  readonly agencies: number | null;
  readonly seed: number;
  readonly json: boolean;
}

/** Starts everything and keeps it running until Ctrl-C; prints addresses and the sign-ins of the demo's people. */
export async function up(output: Output, options: UpOptions, signal: AbortSignal): Promise<number> {
  const shape = await startEmbedded({
    purpose: 'up',
    agencies: options.agencies,
    seed: options.seed,
    ports: 'configured',
    settleMs: null,
    step: (text) => output.progress(`  ✓ ${text}`),
    signal,
  });
  try {
    if (options.json) output.result(asJson(shape));
    else for (const line of inWords(shape)) output.result(line);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    output.progress('Stopping …');
    await shape.stop();
    output.progress('Stopped cleanly.');
  }
  return exitCodes.done;
}

const addresses = ({ gatewayUrl, doorsUrl, simulatorUrl, identityUrl }: EmbeddedShape) => ({
  ...(identityUrl === null ? {} : { signIn: `${gatewayUrl}/auth/sign-in` }),
  api: `${gatewayUrl}/api/v1`,
  documentation: `${gatewayUrl}/api/docs`,
  reference: `${gatewayUrl}/api/reference`,
  queues: `${gatewayUrl}/ops/queues`,
  health: `${gatewayUrl}/health/ready`,
  doors: doorsUrl,
  simulator: simulatorUrl,
});

const asJson = (shape: EmbeddedShape): string =>
  JSON.stringify({ addresses: addresses(shape), signIns: shape.signIns, dataDir: shape.dataDir });

const addressColumns: readonly Column<[string, string]>[] = [
  { title: 'what', cell: ([name]) => name },
  { title: 'address', most: 100, cell: ([, url]) => url },
];

const signInColumns: readonly Column<SignIn>[] = [
  { title: 'sign-in', cell: ({ userId }) => userId },
  { title: 'roles', cell: ({ roles }) => roles.join(', ') },
  { title: 'court', cell: ({ courtCode }) => courtCode },
  { title: 'bearer token', most: 100, cell: ({ token }) => token },
];

const inWords = (shape: EmbeddedShape): string[] => [
  '',
  ...table(addressColumns, Object.entries(addresses(shape))),
  '',
  ...table(signInColumns, shape.signIns),
  '',
  `  data: ${shape.dataDir}   stop: Ctrl-C   ask: npx chakong inquire --file debtor.json --token-file ${shape.tokenFile}`,
];
