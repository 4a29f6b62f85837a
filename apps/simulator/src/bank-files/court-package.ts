import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import type { BankTask } from '../bank/feedback.ts';
import { findElements, readXml, type XmlTree } from '../xml-tree.ts';

/** One request of a package with what the bank's clerk objects to; null: writ and certificates are in order. */
export interface PackedRequest {
  readonly task: BankTask;
  readonly objection: string | null;
}

export interface CourtPackage {
  readonly batchNumber: string;
  readonly requests: readonly PackedRequest[];
}

const packageName = /^CXQQ[0-9A-Za-z]{17}([0-9A-Za-z]{30})[.]zip$/;

/** Reads a query package of the court (bank-zdz.md §1.2, §8). Null: the name is none of a query package. */
export function readCourtPackage(name: string, bytes: Uint8Array): CourtPackage | null {
  const [, batchNumber] = packageName.exec(name) ?? [];
  if (batchNumber === undefined) return null;
  const files = Object.entries(unzipSync(bytes));
  const listOf = (kind: string, record: string): readonly XmlTree[] => {
    const file = files.find(([entry]) => entry.startsWith(kind));
    const tree = file ? readXml(Buffer.from(file[1]).toString('utf8')) : null;
    return tree === null ? [] : findElements(tree, record);
  };
  const writs = listOf('QI', 'wsinfo');
  const cards = listOf('QC', 'zjinfo');
  const requests = listOf('QA', 'cxqq').map((row) => {
    const task = taskOf(row);
    return { task, objection: writObjection(task, writs) ?? cardObjection(task, cards) };
  });
  return { batchNumber, requests };
}

const at = (row: XmlTree, name: string): string => row.attributes[name] ?? '';

const taskOf = (row: XmlTree): BankTask => ({
  requestNumber: at(row, 'BDHM'),
  name: at(row, 'XM'),
  idNumber: at(row, 'DSRZJHM'),
  writNumber: at(row, 'WSBH'),
  transactionsFrom: at(row, 'CKKSSJ'),
  transactionsTo: at(row, 'CKJSSJ'),
});

function writObjection({ writNumber }: BankTask, writs: readonly XmlTree[]): string | null {
  const own = writs.filter((row) => at(row, 'WSBH') === writNumber);
  if (own.length === 0) return '缺少法律文书';
  return own.every(opens) ? null : '法律文书无法打开';
}

function opens(writ: XmlTree): boolean {
  const bytes = Buffer.from(at(writ, 'WSNR'), 'base64');
  return bytes.length > 0 && at(writ, 'MD5').toLowerCase() === createHash('md5').update(bytes).digest('hex');
}

function cardObjection({ requestNumber }: BankTask, cards: readonly XmlTree[]): string | null {
  const own = cards.find((row) => at(row, 'BDHM') === requestNumber);
  if (own === undefined || at(own, 'GZZ') === '') return '缺少工作证';
  return at(own, 'GWZ') === '' ? '缺少执行公务证' : null;
}
