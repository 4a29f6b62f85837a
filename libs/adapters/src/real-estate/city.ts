import { noAnswer, parseJson, understand } from '#adapter-kit';
import { NoAnswer, type AdapterPorts, type AdapterSession, type HttpPort, type SaidNoAnswer } from '#contracts';
import { wholeNumber } from './holders.ts';
import { countRows, gatherLists } from './lists.ts';
import { toCityQuery } from './request.ts';
import type { CitySettings } from './settings.ts';
import { saidByWords, toSaid } from './translate.ts';
import { cityReplySchema, listsSchema, type CityReply, type Lists } from './wire.ts';

const loginRefused = '2010';

/** What one page says: rows, the declared words, or that there is no answer. */
type Page =
  | { readonly says: 'rows'; readonly lists: Lists; readonly total: number | null }
  | { readonly says: 'empty-words' }
  | { readonly says: 'no-answer'; readonly said: SaidNoAnswer };

type FetchPage = (page: number) => Promise<Page>;

/** Session of `city-rest`: pages one after the other until the last. */
export function openCity({ settings, secret, log }: AdapterPorts<CitySettings>): AdapterSession {
  const password = secret(settings.credentials.passwordRef.secret);
  return {
    async ask(inquiry, { agency, http }, signal) {
      const fetchPage: FetchPage = async (page) => {
        const call = {
          path: settings.path,
          message: toCityQuery(inquiry, settings, { agency, page, password }),
          signal,
        };
        const reply = await post(http, call);
        // The login travels in every call: calling again is the one renewal that this wire knows.
        const isRefused = reply.head.returnCode === loginRefused;
        return readPage(isRefused ? await post(http, call) : reply, page, settings);
      };
      const first = await fetchPage(1);
      if (first.says === 'no-answer') return first.said;
      if (first.says === 'empty-words') return saidByWords('fail-wrapper-0000-declared-text');
      const { pages, whole } = await fetchRest(first, settings, async (page) => {
        try {
          return await fetchPage(page);
        } catch (error) {
          if (!(error instanceof NoAnswer) || error.reason === 'cancelled') throw error;
          log.warn('real-estate.page-lost', { page, reason: error.reason });
          return { says: 'no-answer', said: noAnswer(error.reason) };
        }
      });
      const { missingListMeansEmpty } = settings;
      const lists = gatherLists(pages, { presence: 'any', missingListMeansEmpty, whole });
      return toSaid({ lists, emptySignal: null }, inquiry.debtor, settings);
    },
  };
}

interface Call {
  readonly path: string;
  readonly message: unknown;
  readonly signal: AbortSignal;
}

async function post(http: HttpPort, { path, message, signal }: Call): Promise<CityReply> {
  const headers = { 'content-type': 'application/json; charset=UTF-8' };
  const { body } = await http.send(path, { method: 'POST', headers, body: JSON.stringify(message), signal });
  return understand(cityReplySchema, parseJson(body));
}

/** Pages after the first, as long as rows are missing. A page that does not come leaves the answer incomplete. */
async function fetchRest(
  { lists, total }: Extract<Page, { says: 'rows' }>,
  { pageSize, maxPages }: CitySettings,
  fetchPage: FetchPage,
): Promise<{ readonly pages: readonly Lists[]; readonly whole: boolean }> {
  const pages = [lists];
  let count = countRows(lists);
  let latest = count;
  while (total === null ? latest >= pageSize : count < total) {
    if (pages.length === maxPages) return { pages, whole: false };
    const page = await fetchPage(pages.length + 1);
    if (page.says === 'empty-words') return { pages, whole: total === null };
    if (page.says === 'no-answer') return { pages, whole: false };
    latest = countRows(page.lists);
    if (latest === 0) return { pages, whole: total === null };
    count += latest;
    pages.push(page.lists);
  }
  return { pages, whole: total === null || count === total };
}

/** The outer state first: the code, then the wrapper, which may say "fail" beside the code for good (WIRE-23). */
function readPage({ success, head, data }: CityReply, page: number, { text }: CitySettings): Page {
  if (head.returnCode !== '0000') return { says: 'no-answer', said: failureOf(head) };
  if (head.page !== null && wholeNumber(head.page) !== page) throw unreadable('head.page');
  const total = wholeNumber(head.total);
  if (head.total !== null && total === null) throw unreadable('head.total');
  const hasData = data !== undefined && data !== null && data !== '' && !(Array.isArray(data) && data.length === 0);
  if (success) return { says: 'rows', lists: hasData ? understand(listsSchema, data) : {}, total };
  const isDeclared = head.msg !== null && text.empty.includes(head.msg);
  const isEmpty = (total ?? 0) === 0 && (!hasData || countRows(understand(listsSchema, data)) === 0);
  if (isDeclared && isEmpty) return { says: 'empty-words' };
  const words = { reasonCode: head.returnCode, reasonText: head.msg };
  return { says: 'no-answer', said: noAnswer('unintelligible', words) };
}

function failureOf({ returnCode, msg }: CityReply['head']): SaidNoAnswer {
  const words = { reasonCode: /^[\w.-]{1,20}$/.test(returnCode) ? returnCode : null, reasonText: msg };
  if (returnCode === '1000') return noAnswer('unavailable', words);
  if (returnCode === '2000' || returnCode === loginRefused) return noAnswer('unauthorized', words);
  return noAnswer('unintelligible', words); // not a code of this wire
}

function unreadable(path: string): NoAnswer {
  return new NoAnswer('unintelligible', `unexpected payload at: ${path}`);
}
