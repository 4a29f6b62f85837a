import { encodeForm, noAnswer, parseJson, understand } from '#adapter-kit';
import { NoAnswer, type AdapterPorts, type AdapterSession, type Agency, type Asking } from '#contracts';
import type { Inquiry, Said, SaidNoAnswer } from '#contracts';
import { gatherLists } from './lists.ts';
import { toProvinceQuery, toTokenQuery } from './request.ts';
import type { ProvinceSettings } from './settings.ts';
import { tokenKeeper, type TokenKeeper } from './token.ts';
import { toSaid } from './translate.ts';
import { provinceReplySchema, sscxDataSchema, tokenDataSchema } from './wire.ts';

const tokenRefused = '2010';

/** Session of `province-json`: logs in once for all askings of a platform, renews a refused token once per asking. */
export function openProvince({ settings, secret, now }: AdapterPorts<ProvinceSettings>): AdapterSession {
  const password = secret(settings.credentials.passwordRef.secret);
  const openId = secret(settings.realTime.openIdRef.secret);
  const keepers = new Map<string, TokenKeeper>(); // one channel may serve many platforms, each with tokens of its own
  const keeperOf = ({ agencyId }: Agency): TokenKeeper => {
    const keeper = keepers.get(agencyId) ?? tokenKeeper(settings.tokenLifetimeSeconds * 1_000, now);
    keepers.set(agencyId, keeper);
    return keeper;
  };
  return {
    async ask(inquiry, { agency, requestNumber, http }, signal) {
      const post = (path: string, message: unknown) => postForm({ http, signal }, path, message);
      const login = () =>
        fetchToken(settings, () => post(settings.tokenPath, toTokenQuery(settings, { agency, password })));
      const query = async (refused: string | null) => {
        const token = await keeperOf(agency).token({ refused, signal, fetch: login });
        const message = toProvinceQuery(inquiry, settings, { token, openId, requestNumber, agency });
        return { token, reply: await post(settings.realTime.path, message) };
      };
      const first = await query(null);
      const { reply } = first.reply.head.code === tokenRefused ? await query(first.token) : first;
      return readProvince(reply, { inquiry, requestNumber, settings });
    },
  };
}

type Reply = ReturnType<typeof readReply>;

const readReply = (body: Uint8Array) => understand(provinceReplySchema, parseJson(body));

async function postForm(
  { http, signal }: Pick<Asking, 'http'> & { signal: AbortSignal },
  path: string,
  message: unknown,
): Promise<Reply> {
  const reply = await http.send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: encodeForm({ gxData: JSON.stringify(message) }),
    signal,
  });
  return readReply(reply.body);
}

async function fetchToken({ rejectionTexts }: ProvinceSettings, call: () => Promise<Reply>): Promise<string> {
  const { head, data } = await call();
  if (head.code === '0000') return understand(tokenDataSchema, data).token;
  const { reason } = failureOf(head, rejectionTexts);
  const isLogin = reason !== 'unavailable';
  throw new NoAnswer(isLogin ? 'unauthorized' : reason, 'the platform gave no token', {
    reasonCode: safeCode(head.code),
  });
}

interface Asked {
  readonly inquiry: Inquiry;
  readonly requestNumber: string;
  readonly settings: ProvinceSettings;
}

/** The outer state, then whether it is the answer to this request, and only then the lists. */
function readProvince({ head, data }: Reply, { inquiry, requestNumber, settings }: Asked): Said {
  if (head.code !== '0000') return failureOf(head, settings.rejectionTexts);
  const { cxsqdh, cxsqjg } = understand(sscxDataSchema, data);
  if (cxsqdh !== null && cxsqdh !== requestNumber) {
    throw new NoAnswer('unintelligible', 'an answer to another request', { reasonCode: 'foreign-request-number' });
  }
  const writ = inquiry.legal.documentNumber;
  const ours = cxsqjg.filter(({ wsbh }) => wsbh === undefined || wsbh === null || wsbh === '' || wsbh === writ);
  if (ours.length === 0) return noAnswer('incomplete'); // other writs are other people's
  const { missingListMeansEmpty } = settings;
  const lists = gatherLists(ours, { presence: 'each', missingListMeansEmpty, whole: true });
  return toSaid({ lists, emptySignal: 'code-0000-all-lists-empty' }, inquiry.debtor, settings);
}

function failureOf({ code, msg }: Reply['head'], rejectionTexts: readonly string[]): SaidNoAnswer {
  const words = { reasonCode: safeCode(code), reasonText: msg };
  if (code === tokenRefused || code === '2000') return noAnswer('unauthorized', words);
  if (code !== '2040') return noAnswer('unintelligible', words); // not a code of this wire
  const isRejected = rejectionTexts.some((text) => msg?.includes(text));
  return noAnswer(isRejected ? 'returned' : 'unavailable', words);
}

/** A code is short; whatever else stands in its place is not repeated. */
function safeCode(code: string): string | null {
  return /^[\w.-]{1,20}$/.test(code) ? code : null;
}
