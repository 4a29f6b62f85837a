import { describe, expect, it } from '@jest/globals';
import { agencyOf, describeAdapter, inquiryAbout, memoryMailbox, type DoorCall } from '#conformance';
import type { Adapter, AdapterPorts, DoorReply, DoorRequest, Inquiry, Mailbox, MailboxTask } from '#contracts';
import iconv from 'iconv-lite';
import { bankZdz } from './adapter.ts';
import { derivedPassword } from './login.ts';
import type { Settings } from './settings.ts';

/** The wire, written here once more and by other means than `wire.ts`, so that a misreading shows. */
const gbk64 = (text: string): string => iconv.encode(text, 'gbk').toString('base64');
const fromGbk64 = (text: string): string => iconv.decode(Buffer.from(text, 'base64'), 'gbk');
const namespace = 'http://syyh.service.webService.ckw.tdh/';

const values = (text: string, write: (value: string) => string): string =>
  text.replace(/(\w+)="([^"]*)"/g, (_, name: string, value: string) => `${name}="${value && write(value)}"`);

/** `<?wire …?>` at the start of a readable body names a mistake of the sender. */
function sealed(body: string): { content: string; isFirst: boolean } {
  const [, mistake = '', text = body] = /^<\?wire ([\w-]+)\?>(.*)$/s.exec(body) ?? [];
  const ways: Record<string, (value: string) => string> = {
    'values-plain': (value) => value,
    'values-twice': (value) => gbk64(gbk64(value)),
    'utf-8': (value) => Buffer.from(value, 'utf8').toString('base64'),
  };
  const document = `<?xml version="1.0" encoding="UTF-8"?>${values(text, ways[mistake] ?? gbk64)}`;
  const content = mistake === 'message-twice' ? gbk64(gbk64(document)) : gbk64(document);
  return {
    content: mistake === 'plain' ? document.replaceAll('<', '&lt;') : content,
    isFirst: mistake === 'content-first',
  };
}

const login = (username: string, password: string): string =>
  gbk64(`<usermarker><condition username="${gbk64(username)}" password="${gbk64(password)}"/></usermarker>`);

function soap(operation: string, ...args: readonly string[]): DoorRequest {
  const children = args.map((text, index) => `<arg${index}>${text}</arg${index}>`).join('');
  const body =
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:syyh="${namespace}"><soapenv:Header/>` +
    `<soapenv:Body><syyh:${operation}>${children}</syyh:${operation}></soapenv:Body></soapenv:Envelope>`;
  return {
    method: 'POST',
    path: '/doors/bank-national',
    headers: { 'content-type': 'text/xml' },
    body: Buffer.from(body),
  };
}

const passwords: Readonly<Record<string, string>> = { 'bank.sample': 'demo', 'bank.second': 'second' };
const usernames: Readonly<Record<string, string>> = { 'bank.sample': 'YH000001', 'bank.second': 'YH000002' };

function encodeDoorCall({ operation, body, agencyId, login: kind }: DoorCall): DoorRequest {
  const first = login(usernames[agencyId] ?? '', kind === 'right' ? (passwords[agencyId] ?? '') : 'wrong');
  if (operation === 'getXzcxList') return soap(operation, first);
  const { content, isFirst } = sealed(body);
  return soap(operation, ...(isFirst ? [content, first] : [first, content]));
}

function decodeDoorReply({ body }: DoorReply): string {
  const text = Buffer.from(body).toString('utf8');
  const content = /<return>([^<]*)<\/return>/.exec(text)?.[1];
  return content === undefined ? text : values(fromGbk64(content), fromGbk64).replace(/^<\?xml.*?\?>/, '');
}

const bank = agencyOf({ agencyId: 'bank.sample', code: 'C9999900000000001', category: 'bank', nameZh: '示例银行' });
const second = agencyOf({
  agencyId: 'bank.second',
  code: 'C9999900000000002',
  category: 'bank',
  nameZh: '示例第二银行',
});
const settings = {
  door: {
    path: '/doors/bank-national',
    logins: [
      { username: 'YH000001', passwordRef: { secret: 'bank-sample' }, agencyId: 'bank.sample' },
      { username: 'YH000002', passwordRef: { secret: 'bank-second' }, agencyId: 'bank.second' },
    ],
  },
};
const secrets: Readonly<Record<string, string>> = {
  'bank-sample': 'demo',
  'bank-second': 'second',
  pattern: 'our secret',
};

const period = { from: '2026-01-01', to: '2026-02-28' };
const withPeriod = (task: MailboxTask): MailboxTask => ({
  ...task,
  inquiry: { ...task.inquiry, transactionPeriod: period },
});

/** The inquiries of the kit want no transactions; here all do, and the settings of a fixture decide what is asked for. */
const wantingTransactions: Adapter<typeof bankZdz.settings> = {
  ...bankZdz,
  open: (ports) => {
    const session = bankZdz.open(ports);
    const wanting = (mailbox: Mailbox): Mailbox => ({
      ...mailbox,
      handOut: async (...args) => (await mailbox.handOut(...args)).map(withPeriod),
      find: async (...args) => {
        const task = await mailbox.find(...args);
        return task && withPeriod(task);
      },
    });
    const receive: typeof session.receive = (request, mailbox, signal) =>
      session.receive?.(request, wanting(mailbox), signal) ?? Promise.reject(new Error('no door'));
    return { ...session, receive };
  },
};

describeAdapter(wantingTransactions, {
  folder: new URL('.', import.meta.url),
  settings,
  agencies: [bank, second],
  secrets,
  encodeDoorCall,
  decodeDoorReply,
  fetchTasks: { operation: 'getXzcxList', body: '' },
});

const never = new AbortController().signal;
const number = 'A120260301000000100001';
const other = 'A120260301000000100002';
const taskOf = (requestNumber: string, inquiry: Inquiry = inquiryAbout('person'), agency = bank): MailboxTask => ({
  requestNumber,
  agency,
  inquiry,
});

/** A door with the given settings over those above, and what it was told to log. */
function opened(given: Record<string, unknown> = {}) {
  const logged: unknown[] = [];
  const ports: AdapterPorts<Settings> = {
    settings: bankZdz.settings.parse({ ...settings, ...given }),
    log: { warn: (...line) => void logged.push(line) },
    agencies: new Map([bank, second].map((agency) => [agency.agencyId, agency])),
    secret: (name) => secrets[name] ?? '',
    now: () => new Date('2026-11-01T01:00:00Z'),
  };
  const session = bankZdz.open(ports);
  const send = async (request: DoorRequest, mailbox: Mailbox) => {
    const reply = await session.receive?.(request, mailbox, never);
    if (!reply) throw new Error('no reply');
    return { status: reply.status, text: decodeDoorReply(reply) };
  };
  const call = (operation: string, body: string, mailbox: Mailbox) =>
    send(encodeDoorCall({ operation, body, agencyId: bank.agencyId, login: 'right' }), mailbox);
  return { session, logged, send, call };
}

const account = (bdhm: string): string =>
  `<zhxx BDHM="${bdhm}" CCXH="1" KHZH="6299990000000000012" BZ="156" YE="1.00"><jrxxList/><djxxList/><qlxxList/><glxxList/></zhxx>`;
const none = (bdhm: string): string => `<zhxx BDHM="${bdhm}" CCXH="1" KHZH="查无开户信息"/>`;

describe('the task list of bank-zdz', () => {
  it('writes a task exactly as the specification does', async () => {
    const { text } = await opened({ transactions: 'later' }).call(
      'getXzcxList',
      '',
      memoryMailbox([withPeriod(taskOf(number))]).mailbox,
    );
    expect(text).toBe(
      `<cxqqList errorMsg=""><cxqq BDHM="${number}" LB="YH" XZ="1" XM="张三" ZJLX="01" DSRZJHM="110100199003074112" ` +
        'FYMC="示例市第一人民法院" FYDM="9901" CBR="承办人甲" YHDH="000-00000000" AH="（2026）京9901执1号" GZZBH="GZ0001" ' +
        'GWZBH="GW0001" CKH="协助查询通知书" CKKSSJ="2026-01-01" CKJSSJ="2026-02-28" WSBH="（2026）京9901执1号之一"/></cxqqList>',
    );
  });

  it('leaves the window empty when no transactions are wanted, and an unknown type of number too', async () => {
    const { text } = await opened().call(
      'getXzcxList',
      '',
      memoryMailbox([withPeriod(taskOf(number, inquiryAbout('company')))]).mailbox,
    );
    expect(text).toContain('ZJLX="" DSRZJHM="91110000MA00XY018L"');
    expect(text).toContain('CKKSSJ="" CKJSSJ=""');
  });

  it('never writes a question mark for a character, wherever it stands', async () => {
    const { session, call } = opened();
    const inquiry = inquiryAbout('person');
    const rare = { ...inquiry, officer: { ...inquiry.officer, name: '承办人㼆' } };
    expect(session.unsendable?.(rare, bank)).toMatchObject({
      reason: 'identity-mismatch',
      reasonCode: 'lossy-encoding',
      reasonText: '㼆',
    });
    const { text } = await call('getXzcxList', '', memoryMailbox([taskOf(number, rare), taskOf(other)]).mailbox);
    expect(text).toContain(other);
    expect(text).not.toContain(number);
  });

  it('hands out no measures', async () => {
    const { text } = await opened().call('getXzkzList', '', memoryMailbox([taskOf(number)]).mailbox);
    expect(text).toBe('<kzqqList errorMsg=""/>');
  });
});

describe('the writs of bank-zdz', () => {
  const writ = inquiryAbout('person').legal.documentNumber;
  const box = memoryMailbox([taskOf(number)]).mailbox;
  const ask = (argument: string) => opened().send(soap('cxwsInfo', login('YH000001', 'demo'), argument), box);

  it.each([
    ['as it is', writ],
    ['in base64', gbk64(writ)],
    ['inside a document', gbk64(`<wsinfoList><wsinfo WSBH="${gbk64(writ)}"/></wsinfoList>`)],
    ['inside a document of plain values', gbk64(`<condition wsbh="${writ}"/>`)],
  ])('are found by their number %s, with their bytes in base64 twice and an MD5 of the bytes', async (_, argument) => {
    const { text } = await ask(argument);
    expect(text).toContain(`WSBH="${writ}" XH="1" WJMC="notice.pdf" WJLX="pdf" WSLB="协助查询通知书"`);
    expect(text).toContain('MD5="c342c337710afd9f21ecb3ce7ce14b66"');
    const bytes = /WSNR="([^"]*)"/.exec(text)?.[1] ?? ''; // one base64 of the two is undone already
    expect(Buffer.from(bytes, 'base64').toString()).toBe('%PDF-1.7 synthetic');
  });

  it('are not given to a bank that has no task with them', async () => {
    const { text } = await opened().send(soap('cxwsInfo', login('YH000002', 'second'), writ), box);
    expect(text).toBe('<wsinfoList errorMsg="未找到文书"/>');
  });

  it('come with the cards of the officer', async () => {
    const { text } = await opened().send(soap('zjInfo', login('YH000001', 'demo'), number), box);
    expect(text).toContain(`BDHM="${number}" XH="1" ZJMC="承办人甲" GZZBM="GZ0001"`);
    expect(text).toContain('GWZBM="GW0001"');
    const none = await opened().send(soap('zjInfo', login('YH000001', 'demo'), other), box);
    expect(none.text).toBe('<zjinfoList errorMsg="未找到证件"/>');
  });
});

describe('the feedback of bank-zdz', () => {
  it('is judged number by number', async () => {
    const box = memoryMailbox([taskOf(number), taskOf(other, inquiryAbout('company'))]);
    const body = `<zhxxList>${none(other)}${account(number)}${none('A0')}<zhxx CCXH="9"/></zhxxList>`;
    const { text } = await opened().call('shfeedXzcxInfo', body, box.mailbox);
    expect(box.fedBack.map(({ requestNumber, said }) => [requestNumber, said.verdict])).toEqual([
      [other, 'nothing'],
      [number, 'found'],
    ]);
    expect(box.quarantined).toHaveLength(1);
    expect(text.match(/result="\w+" msg="[^"]*"/g)).toEqual([
      'result="success" msg=""',
      'result="success" msg=""',
      'result="fail" msg="请求单号不存在"',
      'result="fail" msg="反馈内容无法识别"',
    ]);
  });

  it('does not reach the task of another bank', async () => {
    const box = memoryMailbox([taskOf(number, inquiryAbout('person'), second)]);
    const { text } = await opened().call('shfeedXzcxInfo', `<zhxxList>${none(number)}</zhxxList>`, box.mailbox);
    expect(text).toContain('result="fail" msg="请求单号不存在"');
    expect([box.fedBack.length, box.quarantined.length]).toEqual([0, 1]);
  });

  it('is a success when it says something else than before', async () => {
    const box = memoryMailbox([taskOf(number)]);
    const { call } = opened();
    await call('shfeedXzcxInfo', `<zhxxList>${none(number)}</zhxxList>`, box.mailbox);
    const { text } = await call('shfeedXzcxInfo', `<zhxxList>${account(number)}</zhxxList>`, box.mailbox);
    expect(text).toContain('result="success"');
    expect(box.fedBack.map(({ said }) => said.verdict)).toEqual(['nothing', 'found']);
  });

  it('takes no transactions that nobody asked for', async () => {
    const box = memoryMailbox([taskOf(number)]);
    const { text } = await opened().call('shfeedXzcxwlxxInfo', `<zhxxList>${account(number)}</zhxxList>`, box.mailbox);
    expect(text).toContain('result="fail" msg="未要求查询资金往来"');
    expect([box.fedBack.length, box.quarantined.length]).toEqual([0, 0]);
  });

  it('names the receipts of a refusal as the channel says', async () => {
    const door = { ...settings.door, refusalReceiptList: 'htjglist' };
    const box = memoryMailbox([taskOf(number)]);
    const body = `<htxxList><htxx BDHM="${number}" XCHTYY="缺少文书"/></htxxList>`;
    const { text } = await opened({ door }).call('htInfo', body, box.mailbox);
    expect(text).toBe(
      `<result errorMsg=""><htjglist><jg bdhm="${number}" result="success" msg=""/></htjglist></result>`,
    );
  });
});

describe('the door of bank-zdz', () => {
  const pattern = (kind: 'derived' | 'shared') => ({
    path: '/doors/bank-national',
    loginPattern: { usernamePrefix: 'YH', passwordRef: { secret: 'pattern' }, passwords: kind },
  });
  const fetch = async (door: Record<string, unknown>, username: string, password: string) => {
    const box = memoryMailbox([taskOf(number), taskOf(other, inquiryAbout('person'), second)]);
    return (await opened({ door }).send(soap('getXzcxList', login(username, password)), box.mailbox)).text;
  };
  const [own, others] = ['YHC9999900000000001', 'YHC9999900000000002'];

  it('knows each bank of a pattern by a password that no other bank has', async () => {
    const password = derivedPassword('our secret', own);
    expect(await fetch(pattern('derived'), own, password)).toContain(number);
    expect(await fetch(pattern('derived'), others, password)).toBe('<cxqqList errorMsg="用户名或密码错误"/>');
    expect(await fetch(pattern('derived'), own, 'our secret')).toContain('用户名或密码错误');
  });

  it('lets a channel share one password where a single party polls', async () => {
    const text = await fetch(pattern('shared'), others, 'our secret');
    expect([text.includes(other), text.includes(number)]).toEqual([true, false]);
    expect(await fetch(pattern('shared'), 'YHC0', 'our secret')).toContain('用户名或密码错误');
  });

  it('opens for no empty password and for no call without a login', async () => {
    expect(await fetch(settings.door, 'YH000001', '')).toContain('用户名或密码错误');
    const { text } = await opened().send(soap('getXzcxList'), memoryMailbox([taskOf(number)]).mailbox);
    expect(text).toBe('<cxqqList errorMsg="用户名或密码错误"/>');
  });

  it('does not open when a login could reach the wrong bank, or nobody could log in', () => {
    const entry = { username: 'YH1', passwordRef: { secret: 'pattern' }, agencyId: 'bank.sample' };
    const door = (logins: readonly unknown[]) => ({ door: { path: '/d', logins } });
    expect(() => opened(door([{ ...entry, agencyId: 'bank.unknown' }]))).toThrow('bank.unknown');
    expect(() => opened(door([entry, entry]))).toThrow('share a user name');
    expect(() => opened(door([{ ...entry, passwordRef: { secret: 'none' } }]))).toThrow('empty');
    expect(bankZdz.settings.safeParse({ door: { path: '/d' } }).error?.issues[0]?.path).toEqual(['door', 'logins']);
  });

  it('replies to what it does not offer with a fault, and keeps it', async () => {
    const box = memoryMailbox([]);
    const reply = await opened().call('shfeedXzkzInfo', '<kzxxList/>', box.mailbox);
    expect([reply.status, reply.text.includes('Fault'), box.quarantined.length]).toEqual([500, true, 1]);
    const get = await opened().send({ ...soap('getXzcxList'), method: 'GET' }, box.mailbox);
    expect(get.status).toBe(405);
  });

  it('tells of its own faults without saying whom a call was about', async () => {
    const box = memoryMailbox([taskOf(number)]);
    box.breakDown();
    const { logged, call } = opened();
    const reply = await call('shfeedXzcxInfo', `<zhxxList>${none(number)}</zhxxList>`, box.mailbox);
    expect([reply.status, reply.text.includes('success')]).toEqual([500, false]);
    expect(logged).toEqual([
      ['adapter.failed', { agencyId: 'bank.sample', operation: 'shfeedXzcxInfo', error: 'Error' }],
    ]);
  });
});
