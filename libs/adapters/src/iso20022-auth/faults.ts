import { childNamed, noAnswer, type XmlElement } from '#adapter-kit';
import { NoAnswer, type Reason, type SaidNoAnswer } from '#contracts';
import { everyNamed, textAt } from './answer.ts';

/** What a fault means for the asking (iso20022-auth.md §6). `lost`: to be sent anew; `wait`: asked too often. */
export type Fault =
  | { readonly kind: 'final'; readonly said: SaidNoAnswer }
  | { readonly kind: 'lost'; readonly said: SaidNoAnswer }
  | { readonly kind: 'wait'; readonly said: SaidNoAnswer };

const reasons: Readonly<Record<string, Reason>> = {
  '1': 'unavailable',
  '2': 'unauthorized',
  '3': 'throttled',
  '4': 'unintelligible',
  '5': 'refused',
  '6': 'incomplete',
  '7': 'ambiguous',
  '8': 'overdue',
  TIMEOUT: 'unavailable',
};
const longestWords = 2_000;

/**
 * A SOAP fault by its code.
 *
 * @throws NoAnswer unavailable on fault 0 and on a code that the profile does not know
 */
export function readFault(fault: XmlElement, pollingIntervalMs: number): Fault {
  const detail = childNamed(fault, 'detail');
  const code = textAt(detail, 'errorcode') ?? '';
  const errors = detail === null ? [] : everyNamed(detail, 'ValidationError').map(({ text }) => text.trim());
  const words = [textAt(fault, 'faultstring') ?? '', ...errors].filter((each) => each !== '').join('; ');
  return faultOf(code, words.slice(0, longestWords) || null, pollingIntervalMs);
}

/** The same codes where the aggregating application says them of one source. */
export function faultOf(code: string, reasonText: string | null, pollingIntervalMs: number): Fault {
  const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  const reasonCode = `fault-${/^\w{1,20}$/.test(code) ? code : 'unknown'}`;
  if (reason === undefined) throw new NoAnswer('unavailable', 'the register replied with a fault', { reasonCode });
  const said = noAnswer(reason, {
    reasonCode,
    reasonText,
    retryAfterMs: reason === 'throttled' ? 2 * pollingIntervalMs : null,
  });
  if (code === '1') return { kind: 'lost', said };
  return { kind: code === '3' ? 'wait' : 'final', said };
}
