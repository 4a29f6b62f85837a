import type { DocumentModel } from '#inquiry';
import { parentPort, workerData } from 'node:worker_threads';
import { writePdf } from './pdf.ts';
import { writeXlsx } from './xlsx.ts';

// One document per thread: whoever asked for it goes on answering others meanwhile.

interface ToDraw {
  readonly model: DocumentModel;
  readonly format: 'pdf' | 'xlsx';
}

const isToDraw = (value: unknown): value is ToDraw =>
  typeof value === 'object' && value !== null && 'model' in value && 'format' in value;

const given: unknown = workerData;
if (!isToDraw(given)) throw new TypeError('nothing to draw was handed over');
const bytes = await (given.format === 'pdf' ? writePdf(given.model) : writeXlsx(given.model));
parentPort?.postMessage(new Uint8Array(bytes));
