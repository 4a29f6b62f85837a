import type { Agency } from '#contracts';
import type { Call, CallProfile, CallReply, ProfileParts, Turn, Understanding } from '../calls/call-profile.ts';
import { recordAt, textAt } from '../json-value.ts';
import { findElement, readXml, xmlText, type XmlTree } from '../xml-tree.ts';
import { fromUrlText, toUrlText, type ContentEncoding } from './url-text.ts';
import { sealsAnswer, vehiclesAnswer, type BureauAnswer, type SealedVehicle } from './bureau-answer.ts';

/** Vehicles told lately, so that a bureau knows whose seals it is asked about; the oldest are forgotten. */
const atMostRemembered = 20_000;

/** A vehicle bureau's out-access service (vehicle.md §1, §2): `queryObjectOut`, for vehicles and for their seals. */
export function vehicleProfile(parts: ProfileParts): CallProfile {
  const settings = recordAt(parts.channel.settings);
  const serial = parts.secret(textAt(recordAt(settings, 'callerSerialRef'), 'secret') ?? '');
  const sealsNumber = textAt(recordAt(settings, 'interfaces'), 'seals');
  const agreed = textAt(settings, 'contentEncoding');
  const encoding: ContentEncoding = agreed === 'url-gbk' || agreed === 'plain' ? agreed : 'url-utf8';
  const remembered = new Map<string, SealedVehicle>();
  const remember = (agency: Agency, sealed: SealedVehicle): void => {
    remembered.set(placeOf(agency, sealed.vehicle.plateNumber), sealed);
    const [oldest] = remembered.keys();
    if (remembered.size > atMostRemembered && oldest !== undefined) remembered.delete(oldest);
  };
  const settled = (answer: BureauAnswer): Understanding => ({ kind: 'settled', reply: soapReply(answer, encoding) });

  return {
    word: 'vehicle',
    understand: (agency, call) => {
      const asked = readQuestion(call, encoding);
      if (asked === null) return settled({ code: '-1', message: '查询条件无法解析', rownum: null, rows: null });
      if (asked.serial !== serial)
        return settled({ code: '-2', message: '接口序列号未授权', rownum: null, rows: null });
      const condition = (name: string): string => asked.conditions.get(name) ?? '';
      if (sealsNumber !== null && asked.interfaceNumber === sealsNumber) {
        const sealed = remembered.get(placeOf(agency, condition('hphm'))) ?? null;
        const answer = ({ scenario }: Turn): CallReply => soapReply(sealsAnswer(sealed, scenario), encoding);
        return { kind: 'asking', key: `seals:${condition('hphm')}`, idNumber: sealed?.idNumber ?? '', answer };
      }
      const idNumber = condition('sfzmhm');
      if (idNumber === '') return settled({ code: '-1', message: '缺少查询条件', rownum: null, rows: null });
      const question = { seed: parts.seed, agency, idNumber, tell: (each: SealedVehicle) => remember(agency, each) };
      const answer = ({ scenario }: Turn): CallReply => soapReply(vehiclesAnswer(question, scenario), encoding);
      return { kind: 'asking', key: `id:${idNumber}`, idNumber, answer };
    },
  };
}

const placeOf = (agency: Agency, plate: string): string => `${agency.agencyId} ${plate}`;

interface Question {
  readonly serial: string;
  readonly interfaceNumber: string;
  readonly conditions: ReadonlyMap<string, string>;
}

/** Reads the call and the condition document inside it. */
function readQuestion(call: Call, encoding: ContentEncoding): Question | null {
  const envelope = readXml(call.body.toString('utf8'));
  const operation = envelope === null ? null : findElement(envelope, 'queryObjectOut');
  const document = operation === null ? null : childText(operation, 'UTF8XmlDoc');
  const inner = document === null ? null : readXml(document);
  const wanted = inner === null ? null : findElement(inner, 'QueryCondition');
  if (operation === null || wanted === null) return null;
  return {
    serial: childText(operation, 'jkxlh') ?? '',
    interfaceNumber: childText(operation, 'jkid') ?? '',
    conditions: new Map(wanted.children.map(({ name, text }) => [name, fromUrlText(text, encoding)] as const)),
  };
}

const childText = (tree: XmlTree, name: string): string | null =>
  tree.children.find((child) => child.name === name)?.text ?? null;

/** The answer document, which declares GBK and holds percent sequences, as text inside the SOAP reply. */
function soapReply(answer: BureauAnswer, encoding: ContentEncoding): CallReply {
  const other: ContentEncoding = encoding === 'url-gbk' ? 'url-utf8' : 'url-gbk';
  return {
    status: answer.code === 'http-503' ? 503 : 200,
    contentType: 'text/xml; charset=GBK',
    body: Buffer.from(envelope(document(answer, encoding))),
    garbled: Buffer.from(envelope(document(answer, other))),
  };
}

function document({ code, message, rownum, rows }: BureauAnswer, encoding: ContentEncoding): string {
  const text = (name: string, value: string): string => xmlText(name, toUrlText(value, encoding));
  const head = [
    text('code', code),
    text('message', message),
    ...(rownum === null ? [] : [text('rownum', String(rownum))]),
  ];
  const body = (rows ?? []).map((row, place) => {
    const fields = Object.entries(row).map(([name, value]) => text(name, value));
    return `<veh id="${place}">${fields.join('')}</veh>`;
  });
  const inside = rows === null ? '' : body.length === 0 ? '<body/>' : `<body>${body.join('')}</body>`;
  return `<?xml version="1.0" encoding="GBK"?><root><head>${head.join('')}</head>${inside}</root>`;
}

const envelope = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><ns1:queryObjectOutResponse xmlns:ns1="http://tempuri.org/">${xmlText('return', inner)}</ns1:queryObjectOutResponse></soapenv:Body></soapenv:Envelope>`;
