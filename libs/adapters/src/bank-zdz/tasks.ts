import { createHash } from 'node:crypto';
import {
  attribute,
  decodeText,
  element,
  fromBase64,
  parseXml,
  toBase64,
  unencodable,
  type XmlElement,
} from '#adapter-kit';
import { noAnswerSaid, type CaseDocument, type MailboxTask, type OfficerCards, type Said } from '#contracts';
import type { Settings } from './settings.ts';
import { attempt } from './wire.ts';

/** One task as a bank fetches it (bank-zdz.md §4). */
export function requestValues({ requestNumber, inquiry }: MailboxTask, settings: Settings) {
  const { debtor, legal, officer } = inquiry;
  const [id] = debtor.ids;
  const period = settings.transactions === 'off' ? null : inquiry.transactionPeriod;
  return {
    BDHM: requestNumber,
    LB: settings.institutionKind,
    XZ: '1', // an inquiry, not a measure
    XM: debtor.name,
    ZJLX: settings.idTypeCodes[id.type] ?? '', // an unmapped type is left empty, never guessed
    DSRZJHM: id.normalised,
    FYMC: legal.courtName,
    FYDM: legal.courtCode,
    CBR: officer.name,
    YHDH: officer.phone ?? '',
    AH: fullWidthBrackets(legal.caseNumber),
    GZZBH: officer.workCardNo ?? '',
    GWZBH: officer.dutyCardNo ?? '',
    CKH: legal.documentName,
    CKKSSJ: period?.from ?? '', // both empty: no transactions wanted
    CKJSSJ: period?.to ?? '',
    WSBH: legal.documentNumber,
  };
}

const fullWidthBrackets = (text: string): string => text.replaceAll('(', '（').replaceAll(')', '）');

/** Null, or what stands instead of sending: no value may leave with `?` for a character, the name least of all (WIRE-1). */
export function unsendable(task: MailboxTask, settings: Settings): Said | null {
  const values = requestValues(task, settings);
  for (const value of [values.XM, ...Object.values(values)]) {
    const character = unencodable(value, 'gbk');
    if (character !== null) {
      return noAnswerSaid('identity-mismatch', { reasonCode: 'lossy-encoding', reasonText: character });
    }
  }
  return null;
}

export function toTaskList(tasks: readonly MailboxTask[], settings: Settings): XmlElement {
  const children = tasks.map((task) => element('cxqq', { attributes: requestValues(task, settings) }));
  return element('cxqqList', { attributes: { errorMsg: '' }, children });
}

/** Writs (法律文书), asked for by their number. The bytes are base64 here and once more as a value (WIRE-2). */
export function toWritList(writNumber: string, documents: readonly CaseDocument[], settings: Settings): XmlElement {
  const children = documents.map(({ fileName, fileType, bytes }, index) => {
    const sequence = String(index + 1);
    const attributes = {
      WSBH: writNumber,
      XH: sequence,
      WJMC: unencodable(fileName, 'gbk') === null ? fileName : `${writNumber}-${sequence}.${fileType}`,
      WJLX: fileType,
      WSLB: settings.texts.documentKind,
      MD5: createHash('md5').update(bytes).digest('hex'), // the wire's check of the bytes, no protection
      WSNR: toBase64(bytes),
    };
    return element('wsinfo', { attributes });
  });
  return element('wsinfoList', { attributes: { errorMsg: children.length === 0 ? '未找到文书' : '' }, children });
}

/** The officer's cards: work card (工作证) and duty card (执行公务证). */
export function toCardList(requestNumber: string, cards: OfficerCards | null): XmlElement {
  if (cards === null) return element('zjinfoList', { attributes: { errorMsg: '未找到证件' } });
  const { officerName, workCard, workCardNo, dutyCard, dutyCardNo } = cards;
  const attributes = {
    BDHM: requestNumber,
    XH: '1',
    ZJMC: officerName,
    GZZBM: workCardNo ?? '',
    GZZWJGS: workCard?.fileType ?? '',
    GZZ: workCard ? toBase64(workCard.bytes) : '',
    GWZBM: dutyCardNo ?? '',
    GWZWJGS: dutyCard?.fileType ?? '',
    GWZ: dutyCard ? toBase64(dutyCard.bytes) : '',
  };
  return element('zjinfoList', { attributes: { errorMsg: '' }, children: [element('zjinfo', { attributes })] });
}

const shapeOfKey = /^[\p{L}\p{N}（）()〔〕_.-]{1,64}$/u;
const longestKey = 4_096;

/**
 * The numbers that an argument may mean, likeliest first. How a bank writes it is not certain (bank-zdz.md §1.1): as
 * it is, in base64, or as an attribute of a small document whose values are base64 again.
 */
export function keysIn(argument: string, tag: 'WSBH' | 'BDHM'): readonly string[] {
  if (argument.length > longestKey) return [];
  const opened = unwrapped(argument);
  const attributes = opened.flatMap((text) => {
    const root = attempt(() => parseXml(text));
    if (!('value' in root)) return [];
    return [root.value, ...root.value.children].flatMap((each) => attribute(each, tag, { ignoreCase: true }) ?? []);
  });
  const candidates = [...attributes.flatMap((value) => [...unwrapped(value), value]), ...opened, argument];
  return [...new Set(candidates.map((text) => text.trim()))].filter((text) => shapeOfKey.test(text)).slice(0, 4);
}

/** The text inside base64 of GBK, if it is that. */
function unwrapped(text: string): readonly string[] {
  const read = attempt(() => decodeText(fromBase64(text), 'gbk'));
  return 'value' in read ? [read.value] : [];
}
