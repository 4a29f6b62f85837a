import { openApiClient, type ApiClient } from '../api-client.ts';
import { followToReport } from '../ask-and-follow.ts';
import { askOnce } from '../ask-once.ts';
import { type EmbeddedShape, startEmbedded } from '../embedded.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { presentReport } from '../present-report.ts';

export interface DemoOptions {
  readonly debtor: string;
  readonly id: string;
  readonly agencies: number | null; // null: the directory of the configuration
  readonly chaos: boolean;
  readonly seed: number;
  readonly json: boolean;
}

/** What the demo waits for at most: agencies that are down on purpose are then reported as such. */
const deadlineMs = { plain: 120_000, chaos: 15_000 } as const;

/**
 * Starts everything in this process, sends one inquiry, shows it live, prints the report, stops. Exit code 0 also when
 * agencies did not answer: showing that is what the demo is for.
 */
export async function demo(output: Output, options: DemoOptions, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now();
  output.progress('查控网关 Chakong Gateway · demo');
  output.progress('');
  const shape = await startEmbedded({
    purpose: 'demo',
    agencies: options.agencies,
    seed: options.seed,
    ports: 'free',
    settleMs: 300,
    step: (text) => output.progress(`  ✓ ${text}`),
    signal,
  });
  try {
    if (options.chaos)
      output.progress(`  ✓ chaos: ${await shape.injectFaults()} agencies are down, slow or talking garbage`);
    output.progress(`  ✓ ready in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
    await click(output, openOfficersClient(shape, signal), { options, signal });
  } finally {
    await shape.stop();
    output.progress(`Stopped cleanly. Data: ${shape.dataDir}   Keep it running with: npm start`);
  }
  return exitCodes.done;
}

function openOfficersClient({ signIns, gatewayUrl }: EmbeddedShape, signal: AbortSignal): ApiClient {
  const officer = signIns.find(({ roles }) => roles.includes('officer'));
  if (!officer) throw new Error('config/officers.yaml has no officer');
  return openApiClient({ url: gatewayUrl, token: officer.token, signal, language: 'zh' });
}

interface Click {
  readonly options: DemoOptions;
  readonly signal: AbortSignal;
}

/** One click (一键查询): asks, shows the answers as they come, prints the report. */
async function click(output: Output, api: ApiClient, { options, signal }: Click): Promise<void> {
  const dueAt = new Date(Date.now() + (options.chaos ? deadlineMs.chaos : deadlineMs.plain));
  const asked = await askOnce(api, { name: options.debtor, number: options.id, dueAt });
  const askedAt = performance.now();
  output.progress('');
  output.progress(
    `一键查询 One click: ${asked.debtorMasked}, ${asked.caseNumber}, ${asked.asked} agencies over their own wire formats`,
  );
  output.progress('');
  const { report } = await followToReport(api, asked.inquiryId, {
    output,
    signal,
    elapsedMs: () => performance.now() - askedAt,
    mostLines: 80,
  });
  output.progress('');
  if (options.json) output.result(JSON.stringify(report, null, 2));
  else for (const line of presentReport(report, { colours: output.colours, mostLines: 60 })) output.result(line);
}
