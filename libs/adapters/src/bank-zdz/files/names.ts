/** Families of files we know (bank-zdz.md §1.2). */
export type ZipFamily = 'CXQQ' | 'CXFK' | 'CXHZ';
export type EntryKind = 'QA' | 'QI' | 'QC' | 'QR' | 'QNA' | 'QNR';

/** Whose package it is: the bank's code (17 characters) and the batch number (30). */
export interface PackageKey {
  readonly code: string;
  readonly batchNumber: string;
}

const codeShape = '[0-9A-Za-z]{17}';
const batchShape = '[0-9A-Za-z]{30}';
const code = new RegExp(`^${codeShape}$`);
const batch = new RegExp(`^${batchShape}$`);

export const isBankCode = (text: string): boolean => code.test(text);

const key = ({ code: bank, batchNumber }: PackageKey): string => {
  if (!isBankCode(bank) || !batch.test(batchNumber)) throw new RangeError('a bank code has 17 characters, a batch 30');
  return bank + batchNumber;
};

export const zipName = (family: ZipFamily, of: PackageKey): string => `${family}${key(of)}.zip`;

/** The table of the wire document gives `QI` no extension, and we write none. */
export const entryName = (kind: EntryKind, of: PackageKey): string => `${kind}${key(of)}${kind === 'QI' ? '' : '.xml'}`;

/** A file as a bank names it; `sequence` is there in a feedback only. */
export interface ReadName extends PackageKey {
  readonly kind: 'CXFK' | 'QR' | 'QNA';
}

const packageName = new RegExp(`^(CXFK)(${codeShape})(${batchShape})(?:[.]zip)?$`, 'i');
const refusalName = new RegExp(`^(QNA)(${codeShape})(${batchShape})(?:[.]xml)?$`, 'i');
const feedbackName = new RegExp(`^(QR)(${codeShape})(${batchShape})(?:[0-9]{12})?(?:[.]xml)?$`, 'i');

/** What lies in a bank's folder: a package of feedback, or a refusal on its own. Null: neither. */
export const readArrivedName = (name: string): ReadName | null => readName(name, [packageName, refusalName]);

/** What lies in a package of feedback. Null: something else. */
export const readEntryName = (name: string): ReadName | null => readName(name, [feedbackName, refusalName]);

function readName(name: string, shapes: readonly RegExp[]): ReadName | null {
  for (const shape of shapes) {
    const [, family = '', bank = '', batchNumber = ''] = shape.exec(name) ?? [];
    const kind = (['CXFK', 'QR', 'QNA'] as const).find((each) => each === family.toUpperCase());
    if (kind !== undefined) return { kind, code: bank, batchNumber };
  }
  return null;
}
