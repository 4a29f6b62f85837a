import { once } from 'node:events';
import { startSimulatorAlone } from '../embedded.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import type { EmbeddedOptions } from '../prepare-embedded.ts';

export interface SimOptions extends Pick<EmbeddedOptions, 'agencies' | 'seed'> {
  readonly doorsUrl: string;
}

/** Only the agencies' side of every wire profile, until Ctrl-C. Refuses to start in the production profile. */
export async function sim(output: Output, options: SimOptions, signal: AbortSignal): Promise<number> {
  const simulator = await startSimulatorAlone({ ...options, signal });
  try {
    output.result(`simulated agencies on ${simulator.url}, polling the doors on ${options.doorsUrl}`);
    output.result(`ground truth: ${simulator.url}/__truth/<number>   faults: PUT ${simulator.url}/__faults`);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await simulator.stop();
  }
  return exitCodes.done;
}
