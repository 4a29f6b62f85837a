import { childNamed, childrenNamed, element, type XmlElement } from '#adapter-kit';
import { textAt, unexpected } from './answer.ts';
import { inside, text } from './search.ts';

/**
 * Safe boxes (fin.002, iso20022-auth.md §4.2) told in the elements of accounts (supl.027), so that whose they are and
 * whether they are closed is judged in one place. What belongs to no box stays, and is seen as a stray there.
 *
 * @throws NoAnswer unintelligible if it is no fin.002
 */
export function asAccounts(document: XmlElement): XmlElement {
  const [body, ...others] = document.children;
  const servicer = body && childNamed(body, 'SvcrId');
  if (!body || !servicer || others.length > 0) throw unexpected('fin.002');
  const children = body.children.map((each) => {
    if (each.name === 'SvcrId') return { ...each, name: 'AcctSvcrId' };
    return each.name === 'SdBoxAndPties' ? accountOf(each) : each;
  });
  return { ...document, children: [element('InfRspnSD1', { children })] };
}

function accountOf(row: XmlElement): XmlElement {
  const box = childNamed(row, 'SdBox');
  const [id, openedOn, closedOn] = ['Id', 'OpngDt', 'ClsgDt'].map((name) => textAt(box, name));
  const account = element('Acct', {
    children: [
      inside('Id', inside('Othr', text('Id', id ?? ''))),
      ...(closedOn == null ? [] : [text('ClsgDt', closedOn)]),
    ],
  });
  const opened = openedOn == null ? [] : [text('AddtlInf', openedOn)];
  return element('AcctAndPties', { children: [account, ...childrenNamed(row, 'Role'), ...opened] });
}
