import { element, writeXml, writeZip, type XmlElement } from '#adapter-kit';
import { noAnswerSaid, type MailboxTask, type NamedBytes, type PackageToSend, type Said } from '#contracts';
import type { Settings } from '../settings.ts';
import { requestValues, toCardList, toTaskList, toWritList } from '../tasks.ts';
import { attempt } from '../wire.ts';
import { entryName, zipName, type EntryKind, type PackageKey } from './names.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** One file of a package: plain UTF-8 (bank-zdz.md §1). */
export const xmlFile = (kind: EntryKind, of: PackageKey, root: XmlElement): NamedBytes => ({
  name: entryName(kind, of),
  bytes: new TextEncoder().encode(writeXml(root, declaration)),
});

/** A query package (CXQQ): requests, writs, certificates. The same content always makes the same bytes. */
export function packTasks({ batchNumber, agency, tasks }: PackageToSend, settings: Settings): NamedBytes {
  const of = { code: agency.code, batchNumber };
  const requests = toTaskList(
    tasks.map(({ task }) => task),
    settings,
  );
  const writs = new Map(tasks.map(({ task, documents }) => [task.inquiry.legal.documentNumber, documents]));
  const writRows = [...writs].flatMap(([number, documents]) => toWritList(number, documents, settings).children);
  const cardRows = tasks.flatMap(({ task, cards }) => toCardList(task.requestNumber, cards).children);
  const entries = [
    xmlFile('QA', of, requests),
    xmlFile('QI', of, listOf('wsinfoList', writRows)),
    xmlFile('QC', of, listOf('zjinfoList', cardRows)),
  ];
  return { name: zipName('CXQQ', of), bytes: writeZip(entries) };
}

const listOf = (name: string, children: readonly XmlElement[]): XmlElement =>
  element(name, { attributes: { errorMsg: '' }, children });

/** Null, or what stands instead of sending: UTF-8 carries every name, but XML does not carry every character. */
export function unpackable(task: MailboxTask, settings: Settings): Said | null {
  const written = attempt(() => writeXml(element('cxqq', { attributes: requestValues(task, settings) })));
  if (!('failure' in written)) return null;
  return noAnswerSaid('identity-mismatch', { reasonCode: written.failure.reasonCode });
}
