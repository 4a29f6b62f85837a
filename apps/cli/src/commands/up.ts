import { once } from 'node:events';
import { startEmbedded } from '../embedded.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { table } from '../table.ts';

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
    const addresses = {
      api: `${shape.gatewayUrl}/api/v1`,
      documentation: `${shape.gatewayUrl}/api/docs`,
      reference: `${shape.gatewayUrl}/api/reference`,
      queues: `${shape.gatewayUrl}/ops/queues`,
      health: `${shape.gatewayUrl}/health/ready`,
      doors: shape.doorsUrl,
      simulator: shape.simulatorUrl,
    };
    if (options.json) output.result(JSON.stringify({ addresses, signIns: shape.signIns, dataDir: shape.dataDir }));
    else {
      const rows = Object.entries(addresses);
      output.result('');
      for (const line of table(
        [
          { title: 'what', cell: ([name]) => name },
          { title: 'address', most: 100, cell: ([, url]) => url },
        ],
        rows,
      ))
        output.result(line);
      output.result('');
      for (const line of table(
        [
          { title: 'sign-in', cell: ({ userId }) => userId },
          { title: 'roles', cell: ({ roles }) => roles.join(', ') },
          { title: 'court', cell: ({ courtCode }) => courtCode },
          { title: 'bearer token', most: 100, cell: ({ token }) => token },
        ],
        shape.signIns,
      )) {
        output.result(line);
      }
      output.result('');
      output.result(
        `  data: ${shape.dataDir}   stop: Ctrl-C   ask: npx chakong inquire --file debtor.json --token-file ${shape.tokenFile}`,
      );
    }
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    output.progress('Stopping …');
    await shape.stop();
    output.progress('Stopped cleanly.');
  }
  return exitCodes.done;
}
