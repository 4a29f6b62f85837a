import type { DocumentModel } from '#inquiry';
import { Worker } from 'node:worker_threads';

export type DocumentFormat = 'pdf' | 'xlsx';

interface RenderLimits {
  readonly signal: AbortSignal;
}

const isSource = import.meta.url.endsWith('.ts');
const thread = new URL(isSource ? './render-thread.ts' : './render-thread.js', import.meta.url);
const atMost = 2;
let running = 0;

/** More documents are being drawn than this process has room for; nothing was made. */
export class TooManyDocuments extends Error {
  override readonly name = 'TooManyDocuments';
}

/**
 * The model as bytes, drawn in a thread of its own so that nobody else waits for it. It ends with the signal, and a
 * thread that fails or dies is an error: there is never half a document.
 */
export async function renderDocument(
  model: DocumentModel,
  format: DocumentFormat,
  { signal }: RenderLimits,
): Promise<Buffer> {
  signal.throwIfAborted();
  if (running >= atMost) throw new TooManyDocuments('two documents are being drawn already');
  running += 1;
  const worker = new Worker(thread, {
    workerData: { model, format },
    resourceLimits: { maxOldGenerationSizeMb: 1_536 },
    ...(isSource && { execArgv: ['--conditions=source'] }),
  });
  try {
    return await bytesOf(worker, signal);
  } finally {
    running -= 1;
    await worker.terminate();
  }
}

function bytesOf(worker: Worker, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => reject(new Error('the document was not finished in time', { cause: signal.reason })),
      { once: true },
    );
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that draws documents ended with ${code}`)));
  });
}
