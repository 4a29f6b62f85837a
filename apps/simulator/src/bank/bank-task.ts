import { createHash } from 'node:crypto';
import { findElement, findElements, type XmlTree } from '../xml-tree.ts';
import type { BankTask } from './feedback.ts';
import { documentAt, readWire, valueAt } from './wire-w.ts';

/** The court's task list (cxqqList, bank-zdz.md §4); null when it cannot be read or says that it failed. */
export function readTasks(content: string): readonly BankTask[] | null {
  const tree = readWire(content);
  if (tree === null || tree.name !== 'cxqqList' || valueAt(tree, 'errorMsg') !== '') return null;
  return findElements(tree, 'cxqq')
    .map(taskOf)
    .filter(({ requestNumber }) => requestNumber !== '');
}

const taskOf = (element: XmlTree): BankTask => ({
  requestNumber: valueAt(element, 'BDHM'),
  name: valueAt(element, 'XM'),
  idNumber: valueAt(element, 'DSRZJHM'),
  writNumber: valueAt(element, 'WSBH'),
  transactionsFrom: valueAt(element, 'CKKSSJ'),
  transactionsTo: valueAt(element, 'CKJSSJ'),
});

/** Why the bank's clerk cannot accept the writ, null when it can be opened (bank-zdz.md §2, §8). */
export function writObjection(content: string): string | null {
  const tree = readWire(content);
  const writs = tree === null ? [] : findElements(tree, 'wsinfo');
  if (writs.length === 0) return '缺少法律文书';
  return writs.every(opens) ? null : '法律文书无法打开';
}

function opens(writ: XmlTree): boolean {
  const bytes = documentAt(writ, 'WSNR');
  if (bytes === null) return false;
  const md5 = valueAt(writ, 'MD5');
  return md5 === '' || md5.toLowerCase() === createHash('md5').update(bytes).digest('hex');
}

/** Why the officers' certificates are not enough, null when both are there. */
export function cardObjection(content: string): string | null {
  const tree = readWire(content);
  const cards = tree === null ? null : findElement(tree, 'zjinfo');
  if (cards === null || documentAt(cards, 'GZZ') === null) return '缺少工作证';
  return documentAt(cards, 'GWZ') === null ? '缺少执行公务证' : null;
}

export interface Receipt {
  readonly requestNumber: string;
  /** The court took it, now or before: `已经反馈` counts as success (bank-zdz.md §2). */
  readonly accepted: boolean;
}

/** The receipts of a feedback (jg rows); null when the door's reply is no receipt. */
export function readReceipts(content: string | null): readonly Receipt[] | null {
  const tree = content === null ? null : readWire(content);
  if (tree === null || tree.name !== 'result') return null;
  return findElements(tree, 'jg').map((row) => ({
    requestNumber: valueAt(row, 'bdhm'),
    accepted: valueAt(row, 'result') === 'success' || valueAt(row, 'msg').includes('已经反馈'),
  }));
}
