// oxlint-disable max-lines -- one list of texts
import type { ProblemCode } from '#contracts';

export type Language = 'zh' | 'en';

interface ProblemText {
  readonly zh: string;
  readonly en: string;
  readonly meaning: string;
  readonly fix: string;
}

/** Titles and explanations of every problem (api.md §3): `title` of the answer, and the page behind its `type`. */
export const problemCatalogue = {
  malformed: {
    zh: '请求格式错误',
    en: 'The request cannot be read',
    meaning: 'The body is not JSON, or the address is not well formed. Nothing was done.',
    fix: 'Send UTF-8 JSON with Content-Type application/json.',
  },
  validation: {
    zh: '请求内容不符合要求',
    en: 'The request does not fit its schema',
    meaning:
      'One or more values are missing, unknown or of another form. `errors` lists all of them. Nothing was done.',
    fix: 'Correct every item of `errors` and send the request again.',
  },
  'idempotency-key-required': {
    zh: '缺少幂等键',
    en: 'An idempotency key is required',
    meaning: 'This request creates or sends something, so it needs the header Idempotency-Key.',
    fix: 'Make one key of 16 to 128 visible ASCII characters per intent, and send the same one when you repeat it.',
  },
  'cursor-invalid': {
    zh: '分页游标无效',
    en: 'The cursor is not valid',
    meaning: 'The cursor was changed, or belongs to a list with other filters.',
    fix: 'Start again without a cursor, or keep the filters of the first page.',
  },
  'unknown-parameter': {
    zh: '存在未知的查询参数',
    en: 'An unknown query parameter',
    meaning: 'A misspelt filter would silently return everything, so unknown parameters are refused.',
    fix: 'Remove or correct the parameters named in `errors`.',
  },
  'not-signed-in': {
    zh: '未登录',
    en: 'Not signed in',
    meaning: 'The request carries no token, or one that is not known here.',
    fix: 'Send Authorization: Bearer ckt_… with a token of this installation.',
  },
  'token-expired': {
    zh: '令牌已过期',
    en: 'The token has expired',
    meaning: 'The token was valid once.',
    fix: 'Ask the administrator for a new token.',
  },
  'not-allowed': {
    zh: '无此权限',
    en: 'Not allowed',
    meaning: 'The token lacks the scope that this request needs.',
    fix: 'Use a token of a person with the right role.',
  },
  'not-found': {
    zh: '未找到',
    en: 'Not found',
    meaning: 'There is nothing at this address that you may see. Things of another court are treated the same way.',
    fix: 'Check the id, and that it belongs to your court.',
  },
  'idempotency-key-in-flight': {
    zh: '同一请求正在处理',
    en: 'The same request is still being worked on',
    meaning: 'A request with this key has not finished yet.',
    fix: 'Wait as long as Retry-After says and repeat it with the same key.',
  },
  'state-conflict': {
    zh: '当前状态不允许此操作',
    en: 'The state does not allow this',
    meaning: 'What you asked for does not fit what the thing is now.',
    fix: 'Read its present state and decide again.',
  },
  'too-large': {
    zh: '请求过大',
    en: 'The request is too large',
    meaning: 'Bodies may have 1 MB, files 20 MB.',
    fix: 'Send less at once.',
  },
  'unsupported-media-type': {
    zh: '不支持的内容类型',
    en: 'The content type is not supported',
    meaning: 'JSON is expected, or multipart/form-data where a file is uploaded. Files are PDF, OFD, JPEG or PNG.',
    fix: 'Send the content type that the documentation of the route names.',
  },
  'purpose-guard': {
    zh: '查询依据不完整',
    en: 'The inquiry lacks its grounds',
    meaning:
      'An inquiry is sent only with case, debtor of that case, legal document, officer and purpose. Nothing was sent.',
    fix: 'Complete every item of `errors`; the rule ids are those of the guard of purpose.',
  },
  'idempotency-key-reused': {
    zh: '幂等键已用于其他请求',
    en: 'The idempotency key stands for another request',
    meaning: 'The key was used before with another body.',
    fix: 'Make a new key for a new intent.',
  },
  'nothing-to-ask': {
    zh: '没有可查询的机构',
    en: 'There is no agency to ask',
    meaning: 'Of the agencies in the scope none is connected and entitled for this debtor. Nothing was sent.',
    fix: 'Look at the preview: it names the cause for each agency.',
  },
  'rate-limited': {
    zh: '请求过于频繁',
    en: 'Too many requests',
    meaning: 'The caller has used up the quota named in RateLimit-Policy.',
    fix: 'Wait as long as Retry-After says.',
  },
  cooldown: {
    zh: '补查间隔未到',
    en: 'Asked again too soon',
    meaning: 'The line was asked again a moment ago. Nothing was sent.',
    fix: 'Wait as long as Retry-After says and send it again under a new key.',
  },
  internal: {
    zh: '系统内部错误',
    en: 'A fault of ours',
    meaning: 'The request failed for a reason that lies with us. The log has the details under the request id.',
    fix: 'Repeat it with the same idempotency key; if it fails again, give the request id to the operators.',
  },
  overloaded: {
    zh: '系统繁忙',
    en: 'Too busy',
    meaning: 'Too much is open at the same time. Nothing was accepted.',
    fix: 'Wait as long as Retry-After says; instead of an event stream you may poll.',
  },
  'shutting-down': {
    zh: '系统正在停止',
    en: 'Shutting down',
    meaning: 'This process is leaving. Nothing was accepted.',
    fix: 'Repeat the request; another process will take it.',
  },
  'dependency-down': {
    zh: '依赖的服务不可用',
    en: 'Something we depend on is away',
    meaning: 'The database or another part does not answer. Nothing was accepted.',
    fix: 'Wait as long as Retry-After says and repeat it with the same idempotency key.',
  },
  csrf: {
    zh: '缺少防伪令牌',
    en: 'The anti-forgery token is missing',
    meaning: 'A browser session writes only with the header X-CSRF-Token that belongs to it. Nothing was done.',
    fix: 'Read the token from GET /api/v1/me and send it with every request that changes something.',
  },
  'reason-required': {
    zh: '须说明理由',
    en: 'A reason is required',
    meaning:
      'What you asked for is shown or done only with a reason, which is kept in the ledger. Nothing was shown or done.',
    fix: 'Send the header X-Purpose (percent-encode Chinese), or the field that `errors` names.',
  },
  'step-up-required': {
    zh: '须重新登录确认',
    en: 'A fresh sign-in is required',
    meaning: 'This needs somebody who has signed in a short time ago.',
    fix: 'Sign in again and repeat the request.',
  },
  'own-draft': {
    zh: '不能审批本人的申请',
    en: 'Not by the same person',
    meaning: 'A second person decides; the one who asked cannot.',
    fix: 'Let another person of your court decide.',
  },
  expired: {
    zh: '已过期',
    en: 'It has expired',
    meaning: 'It was here, and its time is over.',
    fix: 'Make a new one.',
  },
  'simulated-not-exportable': {
    zh: '含模拟数据，不能导出',
    en: 'Simulated answers are not exported',
    meaning: 'The report holds answers of simulated agencies, which are no evidence.',
    fix: 'Export it as a draft.',
  },
  'locked-out': {
    zh: '登录失败次数过多，暂时锁定',
    en: 'Locked for a while',
    meaning: 'Too many failures. Nobody is locked out for good.',
    fix: 'Wait as long as Retry-After says.',
  },
  'version-mismatch': {
    zh: '内容已被他人修改',
    en: 'It was changed meanwhile',
    meaning: 'If-Match names another version than the one that is here. Nothing was changed.',
    fix: 'Read it again, look at what is different, and send the change with its new ETag.',
  },
  'if-match-required': {
    zh: '缺少版本标识',
    en: 'If-Match is required',
    meaning: 'A change names the version it starts from, so that nobody overwrites what he has not seen.',
    fix: 'Read it and send its ETag in the header If-Match.',
  },
} as const satisfies Record<ProblemCode, ProblemText>;

/** The first language of the header that we speak; Chinese without one. */
export function languageOf(acceptLanguage: string | undefined): Language {
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const tag = part.trim().toLowerCase();
    if (tag.startsWith('zh')) return 'zh';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh';
}
