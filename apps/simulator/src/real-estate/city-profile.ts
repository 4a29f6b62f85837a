import type { Call, CallProfile, CallReply, ProfileParts, Turn, Understanding } from '../calls/call-profile.ts';
import { jsonReply } from '../calls/replies.ts';
import { readJson, recordAt, textAt, type JsonRecord } from '../json-value.ts';
import { registryLists, writtenLists, type RegistryQuestion } from './registry-answer.ts';
import { emptyLists, listNames, type Lists } from './right-lists.ts';

/** head.returnCode (real-estate.md §3). */
const good = '0000';
const failed = '1000';
const badLogin = '2000';
const badToken = '2010';

interface Page {
  readonly size: number;
  readonly page: number;
}

interface Said {
  readonly success: boolean;
  readonly code: string | number;
  readonly msg: string;
  readonly total: number;
  readonly data: unknown;
}

const reply = ({ success, code, msg, total, data }: Said, { size, page }: Page): CallReply =>
  jsonReply({ success, head: { returnCode: code, msg, total, size, page }, data });

const settled = (made: CallReply): Understanding => ({ kind: 'settled', reply: made });
const failing = (code: string, msg: string): Said => ({ success: false, code, msg, total: 0, data: null });
const emptyText = '查询当前项目信息为空';
const wholeNumber = (text: string | null): number | null =>
  text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;

/** A city's registry platform (real-estate.md §3): one paged query, the login in its head. */
export function cityProfile(parts: ProfileParts): CallProfile {
  const settings = recordAt(parts.channel.settings);
  const credentials = recordAt(settings, 'credentials');
  const known = {
    username: textAt(credentials, 'username'),
    password: parts.secret(textAt(recordAt(credentials, 'passwordRef'), 'secret') ?? ''),
    orgId: textAt(settings, 'orgId'),
  };
  const isKnown = (head: JsonRecord): boolean =>
    textAt(head, 'username') === known.username &&
    textAt(head, 'password') === known.password &&
    textAt(head, 'orgid') === known.orgId;

  return {
    word: 'city',
    understand: (agency, call) => {
      const message = messageOf(call);
      const [head, data] = [recordAt(message, 'head'), recordAt(message, 'data')];
      const page = { size: wholeNumber(textAt(head, 'size')) ?? 50, page: wholeNumber(textAt(head, 'page')) ?? 1 };
      if (head === null || data === null) return settled(reply(failing(failed, '报文无法解析'), page));
      if (!isKnown(head)) return settled(reply(failing(badLogin, '登录失败'), page));
      const question = {
        seed: parts.seed,
        agency,
        name: textAt(data, 'qlrmc') ?? '',
        idNumber: textAt(data, 'zjh') ?? '',
      };
      if (question.idNumber === '') return settled(reply(failing(failed, '缺少查询条件'), page));
      return {
        kind: 'asking',
        key: `id:${question.idNumber}`,
        idNumber: question.idNumber,
        answer: (turn) => reply(queryAnswer(question, page, turn), page),
      };
    },
  };
}

function messageOf(call: Call): JsonRecord | null {
  const json = readJson(call.body.toString('utf8'));
  return json.isJson ? recordAt(json.value) : null;
}

function queryAnswer(question: RegistryQuestion, page: Page, turn: Turn): Said {
  const spoken = outOfTheOrdinary(page, turn);
  if (spoken !== null) return spoken;
  const { scenario } = turn;
  const lists = registryLists(question, scenario);
  const total = listNames.reduce((sum, list) => sum + lists[list].length, 0);
  const code = scenario === 'code-as-integer' ? 0 : good;
  if (total === 0) return { success: false, code, msg: emptyText, total: 0, data: null };
  const msg = '查询成功';
  return { success: true, code, msg, total, data: writtenLists(pageOf(lists, page), scenario) };
}

/** Scenarios in which the city says something else than what its register holds. */
function outOfTheOrdinary(page: Page, { scenario, count }: Turn): Said | null {
  switch (scenario) {
    case 'token-expired':
      return count === 1 ? failing(badToken, 'token失效') : null;
    case 'unauthorized':
      return failing(badLogin, '登录失败');
    case 'agency-failure':
      return failing(failed, '查询失败');
    case 'refused':
      return failing(failed, '无权查询');
    case 'returned':
    case 'returned-by-message':
      return failing(failed, '文书不清晰，请重新上传');
    case 'empty-list':
      return { ...failing(failed, '系统异常'), data: emptyLists() };
    case 'nothing-lookalike':
      return failing(good, '查询完成');
    case 'page-lost':
      return page.page === 2 ? failing(failed, '查询失败') : null;
    default:
      return null;
  }
}

/** One page of all rows, counted through the lists in their order. Every list is there on every page. */
function pageOf(lists: Lists, { size, page }: Page): Lists {
  const from = (page - 1) * size;
  const shown = emptyLists();
  const all = listNames.flatMap((list) => lists[list].map((row) => ({ list, row })));
  for (const { list, row } of all.slice(from, from + size)) shown[list].push(row);
  return shown;
}
