import { noAnswer, readZip } from '#adapter-kit';
import {
  NoAnswer,
  type Agency,
  type ArrivedPackage,
  type MailboxTask,
  type NamedBytes,
  type ReceiptLine,
  type Said,
} from '#contracts';
import { grouped } from '../feedback.ts';
import type { BoxSettings } from '../settings.ts';
import { toSaid } from '../translate.ts';
import { toReturned } from '../verdict.ts';
import { attempt, openFile, type Message, type Row } from '../wire.ts';
import { readArrivedName, readEntryName, type ReadName } from './names.ts';
import { packReceipt } from './receipt.ts';

/** One file of a package that could be read, or why it could not. */
type Entry =
  | { readonly kind: 'feedback' | 'refusal'; readonly message: Message; readonly name: string }
  | { readonly complaint: string };

const mostComplaints = 100;

/**
 * Opens what a bank dropped: feedback (CXFK) with its QR and QNA files, or a refusal (QNA) on its own.
 *
 * @throws NoAnswer unintelligible: no package of this agency, a broken ZIP, or no request number in it
 */
export function unpack(agency: Agency, file: NamedBytes, settings: BoxSettings): ArrivedPackage {
  const named = readArrivedName(file.name);
  if (named === null) throw new NoAnswer('unintelligible', 'a file name of no known family');
  if (named.code.toUpperCase() !== agency.code.toUpperCase())
    throw new NoAnswer('unintelligible', 'a file under the code of another agency');
  const files = named.kind === 'QNA' ? [file] : readZip(file.bytes, limitsOf(settings));
  const entries = files.map((each) => openEntry(each, named));
  const said = readEntries(entries);
  if (said.feedback.size + said.refusals.size === 0)
    throw new NoAnswer('unintelligible', [...said.complaints, 'no request number'].slice(0, 5).join('; '));
  const isFeedback = named.kind === 'CXFK' && said.feedback.size > 0;
  return {
    batchNumber: named.batchNumber,
    requestNumbers: [...new Set([...said.feedback.keys(), ...said.refusals.keys()])],
    complaints: said.complaints.slice(0, mostComplaints),
    isWholeBatch: isFeedback && said.complaints.length === 0,
    said: (task) => saidOf(said, { task, settings }),
    receipt: (lines: readonly ReceiptLine[]) => packReceipt(lines, { of: named, isFeedback, settings }),
  };
}

/** XML of such lists shrinks to a hundredth at most; documents in it do not shrink at all. */
const limitsOf = ({ sftp }: BoxSettings) => ({ maxEntries: 2_000, maxBytes: sftp.maxFileBytes * 8, maxRatio: 200 });

function openEntry({ name, bytes }: NamedBytes, of: ReadName): Entry {
  const named = readEntryName(name);
  if (named === null) return { complaint: 'a file of no known kind' };
  if (named.code.toUpperCase() !== of.code.toUpperCase())
    return { complaint: `${named.kind}: the code of another agency` };
  const [kind, record, root] =
    named.kind === 'QNA' ? (['refusal', 'htxx', 'htxxlist'] as const) : (['feedback', 'zhxx', 'zhxxlist'] as const);
  const read = attempt(() => openFile(bytes, record));
  if ('failure' in read) return { complaint: `${named.kind}: ${read.failure.message}` };
  if (read.value.root !== root) return { complaint: `${named.kind}: another root than ${root}` };
  return { kind, message: read.value, name: named.kind };
}

interface Told {
  readonly rows: readonly Row[];
  readonly errorMessage: string | null;
}
interface Content {
  readonly feedback: ReadonlyMap<string, Told>;
  readonly refusals: ReadonlyMap<string, Told>;
  readonly complaints: readonly string[];
}

/** By request number, over all files of the package: one debtor's rows may be spread over several. */
function readEntries(entries: readonly Entry[]): Content {
  const told = { feedback: new Map<string, Told>(), refusal: new Map<string, Told>() };
  const complaints: string[] = [];
  for (const entry of entries) {
    if ('complaint' in entry) {
      complaints.push(entry.complaint);
      continue;
    }
    const { kind, message, name } = entry;
    const { byNumber, nameless } = grouped(message.rows);
    complaints.push(...nameless.map(({ path }) => `${name}${path}/@BDHM`));
    if (message.strays > 0) complaints.push(`${name}/${message.root}: ${message.strays} unknown elements`);
    if (byNumber.size === 0) complaints.push(`${name}/${message.root}: no rows`);
    for (const [number, rows] of byNumber) {
      const before = told[kind].get(number);
      told[kind].set(number, {
        rows: [...(before?.rows ?? []), ...rows],
        errorMessage: before?.errorMessage ?? message.errorMessage,
      });
    }
  }
  return { feedback: told.feedback, refusals: told.refusal, complaints };
}

/** Rows beside a refusal of the same number win: the bank did answer. */
function saidOf(
  { feedback, refusals }: Content,
  { task, settings }: { readonly task: MailboxTask; readonly settings: BoxSettings },
): Said {
  const told = feedback.get(task.requestNumber);
  const refused = refusals.get(task.requestNumber);
  if (told === undefined && refused === undefined) throw new RangeError('a task whose number is not in the package');
  const read = attempt(() => (told ? toSaid(told, { task, settings }) : toReturned(refused?.rows ?? [])));
  return 'value' in read ? read.value : noAnswer(read.failure.reason, { reasonCode: read.failure.reasonCode });
}
