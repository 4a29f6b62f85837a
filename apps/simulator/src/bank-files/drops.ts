import type { Agency } from '#contracts';
import type { InjectedFault } from '../faults/fault-plan.ts';
import { feedbackPackage, type NamedFile, type Piece } from './bank-package.ts';

/** A file that appears in the court's inbox so much later. */
export interface Drop extends NamedFile {
  readonly afterMs: number;
}

export interface ToDrop {
  readonly agency: Agency;
  readonly batchNumber: string;
  /** By request: the first piece belongs into the package, every further one travels later and alone. */
  readonly answers: readonly (readonly Piece[])[];
  readonly injected: InjectedFault | null;
}

/** Between two files of which the second mends or contradicts the first: long enough for a court that scans every second. */
const laterMs = 4_000;
const usualLateMs = 30_000;

/** The batch as it comes back: whole, when the last debtor is answered, under the court's batch number. */
export function dropsOf(toDrop: ToDrop): readonly Drop[] {
  const { agency, batchNumber, answers, injected } = toDrop;
  const first = answers.flatMap(([piece]) => (piece === undefined ? [] : [piece]));
  const extraMs = injected?.fault === 'late' ? (injected.afterMs ?? usualLateMs) : 0;
  const wholeMs = Math.max(...first.map(({ afterMs }) => afterMs)) + extraMs;
  const further = answers
    .flatMap((pieces) => pieces.slice(1))
    .map((piece, place): Drop => {
      const own = ownBatch(batchNumber, place + 10);
      return { ...feedbackPackage(agency, own, [piece]), afterMs: wholeMs + piece.afterMs };
    });
  return [...wholeOf(toDrop, first, wholeMs), ...further];
}

/** A number of the bank's own, for what does not come back under the court's. */
const ownBatch = (batchNumber: string, turn: number): string =>
  `R${String(turn).padStart(3, '0')}${batchNumber.slice(4)}`;

// oxlint-disable-next-line max-lines-per-function -- one case per scenario; splitting it would hide the list
function wholeOf(
  { agency, batchNumber, injected }: ToDrop,
  pieces: readonly Piece[],
  afterMs: number,
): readonly Drop[] {
  const whole: Drop = { ...feedbackPackage(agency, batchNumber, pieces), afterMs };
  const again = { ...feedbackPackage(agency, ownBatch(batchNumber, 1), pieces), afterMs: afterMs + laterMs };
  const later = afterMs + laterMs;
  switch (injected?.fault) {
    case 'split-batch': {
      const rest = feedbackPackage(agency, ownBatch(batchNumber, 1), pieces.slice(-1));
      const part = feedbackPackage(agency, batchNumber, pieces.slice(0, -1));
      return pieces.length < 2
        ? [whole]
        : [
            { ...part, afterMs },
            { ...rest, afterMs: later },
          ];
    }
    case 'repeat-answer':
    case 'repeat-storm':
      return [whole, { ...whole, afterMs: later }, again];
    case 'changed-answer':
    case 'package-conflict':
      return [whole, { name: whole.name, bytes: Buffer.concat([whole.bytes, Buffer.from('x')]), afterMs: later }];
    case 'truncated':
      return [{ ...whole, bytes: whole.bytes.subarray(0, Math.floor(whole.bytes.length * 0.6)) }, again];
    case 'garbage':
    case 'html-login':
    case 'huge-body':
      return [{ ...whole, bytes: Buffer.from('<html>统一登录</html>') }, again];
    case 'part-left':
      return [
        { name: `${whole.name}.part`, bytes: whole.bytes.subarray(0, 100), afterMs },
        { ...whole, afterMs: later },
      ];
    case 'slow-drip':
      return [
        { ...whole, bytes: whole.bytes.subarray(0, 100) },
        { ...whole, afterMs: afterMs + 900 },
      ];
    default:
      return [whole];
  }
}
