import { createHmac } from 'node:crypto';
import type { Call, CallProfile, CallReply, ProfileParts, Turn, Understanding } from '../calls/call-profile.ts';
import { jsonReply } from '../calls/replies.ts';
import { readJson, recordAt, textAt, type JsonRecord } from '../json-value.ts';
import { registryLists, writtenLists, type RegistryQuestion } from './registry-answer.ts';
import { emptyLists } from './right-lists.ts';

/** Codes of a response head: good, failure, login, token (real-estate.md §1.6, §3). */
const good = '0000';
const failure = '2040';
const badLogin = '2000';
const badToken = '2010';

const reply = (code: string | number, msg: string, data: unknown = null): CallReply =>
  jsonReply({ head: { code, msg }, data });
const settled = (made: CallReply): Understanding => ({ kind: 'settled', reply: made });

/** The provincial sharing platform (real-estate.md §2): `token`, and `sscx`, which the registry answers at once. */
export function provinceProfile(parts: ProfileParts): CallProfile {
  const access = accessOf(parts);
  const tokens = tokenOffice(parts, access.tokenLifetimeSeconds);
  return {
    word: 'province',
    understand: (agency, call) => {
      const message = messageOf(call);
      if (message === null) return settled(reply(failure, '报文无法解析'));
      if (call.path === access.tokenPath) return settled(tokenReply(access, tokens, message));
      const [head, data] = [recordAt(message, 'head'), recordAt(message, 'data')];
      if (!tokens.isGood(textAt(head, 'token'))) return settled(reply(badToken, 'token已过期'));
      if (textAt(head, 'openid') !== access.openId || textAt(head, 'cxjgbs') !== access.askingBody) {
        return settled(reply(badLogin, 'openid无效'));
      }
      const asked = { requestNumber: textAt(data, 'cxsqdh') ?? '', writNumber: textAt(data, 'wsbh') ?? '' };
      const idNumber = textAt(data, 'zjhm') ?? '';
      if (asked.requestNumber === '' || idNumber === '') return settled(reply(failure, '缺少查询条件'));
      const question = { seed: parts.seed, agency, name: textAt(data, 'xm') ?? '', idNumber };
      const answer = (turn: Turn): CallReply => sscxAnswer(question, asked, turn);
      return { kind: 'asking', key: asked.requestNumber, idNumber, answer };
    },
  };
}

/** What the platform agreed with the court. */
function accessOf({ channel, secret }: ProfileParts) {
  const settings = recordAt(channel.settings);
  const realTime = recordAt(settings, 'realTime');
  const credentials = recordAt(settings, 'credentials');
  const secretAt = (record: JsonRecord | null, key: string): string =>
    secret(textAt(recordAt(record, key), 'secret') ?? '');
  return {
    username: textAt(credentials, 'username'),
    password: secretAt(credentials, 'passwordRef'),
    openId: secretAt(realTime, 'openIdRef'),
    askingBody: textAt(realTime, 'askingBody'),
    tokenPath: textAt(settings, 'tokenPath') ?? '/token',
    tokenLifetimeSeconds: Number(textAt(settings, 'tokenLifetimeSeconds') ?? 3_600),
  };
}

function tokenReply(
  access: ReturnType<typeof accessOf>,
  tokens: ReturnType<typeof tokenOffice>,
  message: JsonRecord,
): CallReply {
  const data = recordAt(message, 'data');
  if (textAt(data, 'username') !== access.username || textAt(data, 'password') !== access.password) {
    return reply(badLogin, '用户名或密码错误');
  }
  return reply(good, '', { token: tokens.give() });
}

/** The field `gxData` of the form. */
function messageOf(call: Call): JsonRecord | null {
  const text = new URLSearchParams(call.body.toString('utf8')).get('gxData');
  const json = text === null ? null : readJson(text);
  return json !== null && json.isJson ? recordAt(json.value) : null;
}

/** Tokens of the whole platform that carry their own end, so that nothing has to be remembered. */
function tokenOffice({ seed, now, channel }: ProfileParts, lifetimeSeconds: number) {
  const seal = (end: string): string =>
    createHmac('sha256', `token-${seed}`).update(`${channel.channelId} ${end}`).digest('base64url');
  return {
    give: (): string => {
      const end = String(now().getTime() + lifetimeSeconds * 1_000);
      return `${end}.${seal(end)}`;
    },
    isGood: (token: string | null): boolean => {
      const [end = '', given = ''] = (token ?? '').split('.');
      return given === seal(end) && Number(end) > now().getTime();
    },
  };
}

interface Asked {
  readonly requestNumber: string;
  readonly writNumber: string;
}

function sscxAnswer(
  question: RegistryQuestion,
  { requestNumber, writNumber }: Asked,
  { scenario, count }: Turn,
): CallReply {
  const delivery = (lists: unknown, number = requestNumber) => ({
    cxsqdh: number,
    cxsqjg: [typeof lists === 'object' ? { wsbh: writNumber, ...lists } : lists],
  });
  switch (scenario) {
    case 'token-expired':
      if (count === 1) return reply(badToken, 'token已过期');
      break;
    case 'unauthorized':
      return reply(badToken, 'token无效');
    case 'agency-failure':
      return reply(failure, '查询异常: java.lang.NullPointerException');
    case 'refused':
      return reply(failure, '无权查询');
    case 'returned':
    case 'returned-by-message':
      return reply(failure, '文书不清晰，请重新上传');
    case 'empty-list':
      return reply(failure, '系统异常', delivery(emptyLists()));
    case 'wrong-request-number':
    case 'foreign-request-number':
      return reply(good, '', delivery(registryLists(question, scenario), `9${requestNumber.slice(1)}`));
    default:
      break;
  }
  const lists = writtenLists(registryLists(question, scenario), scenario);
  return reply(scenario === 'code-as-integer' ? 0 : good, '', delivery(lists));
}
