import { element, writeZip, type XmlElement } from '#adapter-kit';
import type { NamedBytes, ReceiptLine } from '#contracts';
import { unknown, unreadable } from '../feedback.ts';
import type { Texts } from '../settings.ts';
import { zipName, type PackageKey } from './names.ts';
import { xmlFile } from './pack.ts';

interface Owed {
  readonly of: PackageKey;
  readonly isFeedback: boolean;
  readonly settings: { readonly texts: Texts };
}

interface Line {
  readonly BDHM: string;
  readonly RESULT: 'success' | 'fail';
  readonly MSG: string;
}

/**
 * The court's receipt (CXHZ): a QR file with a line for every number, and a QNR file with the rejected ones if there are
 * any. Attributes are in upper case on this transport (bank-zdz.md §3; the names inside: docs/decisions/0010-files-of-a-bank.md).
 */
export function packReceipt(lines: readonly ReceiptLine[], { of, isFeedback, settings }: Owed): NamedBytes {
  const list = isFeedback ? 'cxjglist' : 'htjglist';
  const written = lines.map((line) => lineOf(line, settings.texts));
  const failed = written.filter(({ RESULT }) => RESULT === 'fail');
  const entries = [
    xmlFile('QR', of, resultOf(written, list)),
    ...(failed.length === 0 ? [] : [xmlFile('QNR', of, resultOf(failed, list))]),
  ];
  return { name: zipName('CXHZ', of), bytes: writeZip(entries) };
}

function lineOf({ requestNumber, outcome }: ReceiptLine, texts: Texts): Line {
  if (outcome === 'accepted' || outcome === 'changed') return { BDHM: requestNumber, RESULT: 'success', MSG: '' };
  const words = { repeated: texts.alreadyAnswered, unknown, unreadable };
  return { BDHM: requestNumber, RESULT: 'fail', MSG: words[outcome] };
}

const resultOf = (lines: readonly Line[], list: string): XmlElement =>
  element('result', {
    attributes: { errorMsg: '' },
    children: [element(list, { children: lines.map((line) => element('jg', { attributes: { ...line } })) })],
  });
