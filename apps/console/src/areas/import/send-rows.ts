import { importsSend } from '../../api/generated/sdk.gen.ts';
import type { ImportSendingInput } from '../../api/generated/types.gen.ts';
import { newKey } from '../../shared/api/intent.ts';
import { failureOf } from '../../shared/api/problem.ts';

const tries = 5;
const usualPauseMs = 2_000;

/** How far the sending has come. */
export interface SendProgress {
  readonly confirmed: number;
  readonly sent: number;
  readonly refused: number;
}

interface SendingRows {
  readonly importId: string;
  readonly body: Omit<ImportSendingInput, 'confirmed'>;
  readonly confirmed: number;
  readonly signal: AbortSignal;
  readonly onStep: (progress: SendProgress) => void;
  readonly pauseMs?: number; // before a step is tried again
}

/**
 * Sends step by step until no row is left, or the signal comes: what was sent stays sent. Every step has a key of its
 * own, which is kept when the connection dies, so that nothing goes out twice.
 */
export async function sendAll(sending: SendingRows): Promise<SendProgress> {
  const { importId, body, confirmed, signal, onStep, pauseMs = usualPauseMs } = sending;
  let progress: SendProgress = { confirmed, sent: 0, refused: 0 };
  for (let left = confirmed; left > 0 && !signal.aborted; ) {
    const step = await sendStep(importId, { ...body, confirmed: left }, pauseMs);
    progress = { confirmed, sent: progress.sent + step.sent, refused: progress.refused + step.refused };
    onStep(progress);
    if (step.sent + step.refused === 0) break;
    left = step.left;
  }
  return progress;
}

async function sendStep(importId: string, body: ImportSendingInput, pauseMs: number) {
  const headers = { 'Idempotency-Key': newKey() };
  for (let no = 1; ; no += 1) {
    try {
      return (await importsSend({ path: { importId }, body, headers, throwOnError: true })).data;
    } catch (error) {
      if (failureOf(error).kind !== 'unreachable' || no === tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
