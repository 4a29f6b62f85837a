import { parentPort, workerData } from 'node:worker_threads';
import { writePdf } from './pdf.ts';
import { writeXlsx } from './xlsx.ts';

// One document per thread: whoever asked for it goes on answering others meanwhile.
const { model, format } = workerData;
const bytes = await (format === 'pdf' ? writePdf(model) : writeXlsx(model));
parentPort?.postMessage(new Uint8Array(bytes));
