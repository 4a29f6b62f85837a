import { childNamed, childrenNamed, understand, type XmlElement } from '#adapter-kit';
import { NoAnswer } from '#contracts';
import { z } from 'zod';

/** What an answer says about one wanted message, by one of the parties that answer through it. */
export interface Indicator {
  readonly message: string;
  readonly status: 'NFOU' | 'NOAP' | null; // null: there is a result, or a status that means nothing here
  readonly result: XmlElement | null; // the extension document
}

/** The key of a result at the aggregating application, with the source it belongs to. */
export interface ResultKey {
  readonly key: string;
  readonly source: string | null;
  readonly errorCode: string | null;
}

/** An auth.002, its status read before its content (WIRE-23). */
export interface Answer {
  readonly status: 'NRES' | 'PART' | 'COMP';
  readonly investigation: string;
  readonly criteria: XmlElement;
  readonly indicators: readonly Indicator[];
  readonly queryKeys: readonly ResultKey[];
  readonly resultKeys: readonly ResultKey[];
  readonly supplements: readonly XmlElement[];
}

const head = z.object({
  RspnId: z.string().min(1).max(35),
  InvstgtnId: z.string().min(1).max(35),
  RspnSts: z.enum(['NRES', 'PART', 'COMP']),
});

/** @throws NoAnswer unintelligible if it is no ApplicationResponse with an auth.002 as the schema has it */
export function readAnswer(response: XmlElement): Answer {
  const document = response.name === 'ApplicationResponse' ? childNamed(response, 'Document') : null;
  const body = document && childNamed(document, 'InfReqRspn');
  const criteria = body && childNamed(body, 'SchCrit');
  if (!body || !criteria) throw unexpected('InfReqRspn');
  const [first] = childrenNamed(body, 'RtrInd');
  if (!first) throw unexpected('InfReqRspn.RtrInd'); // the schema demands one, also of NRES
  const { InvstgtnId, RspnSts } = understand(head, textsOf(body));
  const supplements = childrenNamed(body, 'SplmtryData').flatMap(({ children }) =>
    children.filter(({ name }) => name === 'Envlp').flatMap((envelope) => envelope.children),
  );
  return {
    status: RspnSts,
    investigation: InvstgtnId,
    criteria,
    indicators: childrenNamed(body, 'RtrInd').map(readIndicator),
    queryKeys: keysIn(supplements, 'QueryKeyList'),
    resultKeys: keysIn(supplements, 'ResultKeyList'),
    supplements,
  };
}

function readIndicator(indicator: XmlElement): Indicator {
  const type = childNamed(indicator, 'AuthrtyReqTp');
  const message = textAt(type, 'MsgNmId');
  const outcome = childNamed(indicator, 'InvstgtnRslt');
  if (message === null || !outcome) throw unexpected('RtrInd');
  const [only, ...others] = outcome.children;
  if (only === undefined || others.length > 0) throw unexpected('RtrInd.InvstgtnRslt'); // the schema: one of two
  if (only.name === 'Rslt') {
    const [document] = only.children;
    if (!document) throw unexpected('RtrInd.InvstgtnRslt.Rslt');
    return { message, status: null, result: document };
  }
  const status = only.name === 'InvstgtnSts' ? only.text.trim() : '';
  return { message, status: status === 'NFOU' || status === 'NOAP' ? status : null, result: null };
}

function keysIn(supplements: readonly XmlElement[], list: string): readonly ResultKey[] {
  return supplements
    .flatMap((document) => everyNamed(document, list))
    .flatMap((each) => childrenNamed(each, 'ResultKey'))
    .map(({ text, attributes }) => ({
      key: text.trim(),
      source: attributes['datasourceOrganisationId'] ?? null,
      errorCode: attributes['errorCode'] ?? null,
    }));
}

/** Every element of this name, at any depth. */
export function everyNamed(parent: XmlElement, name: string): readonly XmlElement[] {
  const below = parent.children.flatMap((child) => everyNamed(child, name));
  return parent.name === name ? [parent, ...below] : below;
}

/** The text of a child; null without one, or where it is empty. */
export function textAt(parent: XmlElement | null, ...path: readonly string[]): string | null {
  const found = path.reduce<XmlElement | null>((each, name) => each && childNamed(each, name), parent);
  return found?.text.normalize('NFC').trim() || null;
}

function textsOf({ children }: XmlElement): Record<string, string> {
  return Object.fromEntries(children.map(({ name, text }) => [name, text.trim()]));
}

export function unexpected(path: string): NoAnswer {
  return new NoAnswer('unintelligible', `unexpected payload at: ${path}`);
}
