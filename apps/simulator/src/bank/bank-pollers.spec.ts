import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import type { Agency, ChannelConfig } from '#contracts';
import { channelConfigSchema } from '#contracts';
import { readFaultRules, type Fault } from '../faults/fault.ts';
import { magicDebtors } from '../world/magic-debtors.ts';
import { syntheticDebtor } from '../world/person.ts';
import { truthOf } from '../world/truth.ts';
import { startSimulator, type Simulator } from '../start-simulator.ts';

const bank: Agency = {
  agencyId: 'bank.one',
  code: 'C9999900000000001',
  nameZh: '示例银行',
  nameEn: 'Sample Bank',
  category: 'bank',
  region: null,
  channelId: 'bank-national',
  typicalMs: null,
  promisedMs: null,
};
const otherBank: Agency = { ...bank, agencyId: 'bank.two', code: 'C9999900000000002' };
const channel: ChannelConfig = channelConfigSchema.parse({
  channelId: 'bank-national',
  nameZh: '银行',
  nameEn: 'Banks',
  adapter: 'bank-zdz',
  mode: 'mailbox',
  simulated: true,
  settings: {
    door: {
      path: '/doors/bank-national',
      loginPattern: { usernamePrefix: 'YH', passwordRef: { secret: 'bank-passwords' }, passwords: 'shared' },
    },
  },
});
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => quiet };

/** The court's side in the few lines that these specs need, decoded by hand and not by the simulator's own code. */
const gbk = (text: string): string => iconv.encode(text, 'gbk').toString('base64');
const wrap = (text: string): string => gbk(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
const unwrap = (base64: string): string => iconv.decode(Buffer.from(base64, 'base64'), 'gbk');
const values = (text: string, name: string): string[] =>
  [...text.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => unwrap(value!));
const attributes = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, value]) => ` ${name}="${value === '' ? '' : gbk(value)}"`)
    .join('');

interface Received {
  readonly operation: string;
  readonly username: string;
  readonly content: string;
  readonly headers: Record<string, unknown>;
}

interface Task {
  readonly requestNumber: string;
  readonly name: string;
  readonly idNumber: string;
  readonly period?: readonly [string, string];
}

function openDoor() {
  const door = {
    tasks: new Map<string, Task[]>(), // by username
    received: [] as Received[],
    writ: Buffer.from('%PDF-1.4 synthetic'),
    cards: true,
    accept: (number: string): boolean => number !== '',
  };
  const writs = (): string =>
    `<wsinfoList><wsinfo${attributes({ WSBH: 'W1', XH: '1', WJMC: '通知书.pdf', MD5: createHash('md5').update(door.writ).digest('hex'), WSNR: door.writ.toString('base64') })}/></wsinfoList>`;
  const cards = (): string =>
    door.cards
      ? `<zjinfoList><zjinfo${attributes({ XH: '1', GZZ: 'AAAA', GWZ: 'AAAA' })}/></zjinfoList>`
      : '<zjinfoList/>';
  const taskList = (username: string): string => {
    const rows = (door.tasks.get(username) ?? []).map(
      ({ requestNumber, name, idNumber, period = ['', ''] }) =>
        `<cxqq${attributes({ BDHM: requestNumber, LB: 'YH', XZ: '1', XM: name, ZJLX: '01', DSRZJHM: idNumber, WSBH: 'W1', CKKSSJ: period[0], CKJSSJ: period[1] })}/>`,
    );
    return `<cxqqList errorMsg="">${rows.join('')}</cxqqList>`;
  };
  const receipts = (username: string, content: string): string => {
    const numbers = [...new Set(values(content, 'BDHM'))];
    const rows = numbers.map((number) => {
      const taken = door.accept(number);
      if (taken)
        door.tasks.set(
          username,
          (door.tasks.get(username) ?? []).filter(({ requestNumber }) => requestNumber !== number),
        );
      return `<jg${attributes({ bdhm: number, result: taken ? 'success' : 'fail', msg: '' })}/>`;
    });
    return `<result errorMsg=""><cxjglist>${rows.join('')}</cxjglist></result>`;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const envelope = Buffer.concat(chunks).toString('utf8');
      const operation = /<syyh:(\w+)/.exec(envelope)?.[1] ?? '';
      const [login = '', argument = ''] = [...envelope.matchAll(/<arg\d>([^<]*)<\/arg\d>/g)].map(([, text]) => text!);
      const username = values(unwrap(login), 'username')[0] ?? '';
      const content = operation.startsWith('shfeed') || operation === 'htInfo' ? unwrap(argument) : argument;
      door.received.push({ operation, username, content, headers: request.headers });
      const answers: Record<string, () => string> = {
        getXzcxList: () => taskList(username),
        cxwsInfo: writs,
        zjInfo: cards,
      };
      const answer = answers[operation] ?? (() => receipts(username, content));
      response.end(
        `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><r><return>${wrap(answer())}</return></r></soap:Body></soap:Envelope>`,
      );
    });
  });
  return { door, server };
}

describe('a simulated bank', () => {
  let server: Server;
  let door: ReturnType<typeof openDoor>['door'];
  let simulator: Simulator | undefined;

  beforeEach(async () => {
    ({ door, server } = openDoor());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    await simulator?.stop();
    simulator = undefined;
    server.closeAllConnections();
    server.close();
  });

  const start = async (fault?: Fault, times?: number, agencies: Agency[] = [bank]): Promise<void> => {
    const rules = fault === undefined ? [] : [{ agencyId: '*', fault, ...(times === undefined ? {} : { times }) }];
    const reading = readFaultRules(rules);
    simulator = await startSimulator({
      port: 0,
      seed: 1,
      agencies,
      channels: [channel],
      doorsUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      secret: () => 'demo',
      pollEveryMs: 20,
      latencyScale: 0,
      faults: reading.outcome === 'read' ? reading.rules : [],
      log: quiet,
      signal: new AbortController().signal,
      production: false,
    });
  };
  const feedbacks = (): Received[] => door.received.filter(({ operation }) => operation === 'shfeedXzcxInfo');
  const until = async (claim: () => boolean): Promise<void> => {
    while (!claim()) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const ask = (task: Task, username = `YH${bank.code}`): void => {
    door.tasks.set(username, [...(door.tasks.get(username) ?? []), task]);
  };
  const askAbout = (name: string): Task => {
    const { idNumber } = magicDebtors.find((each) => each.name === name)!;
    const task = { requestNumber: 'A120260301000000100001', name, idNumber };
    ask(task);
    return task;
  };
  /** A seeded debtor of whom the bank knows something open with a balance. */
  const known = () => {
    for (let n = 0; ; n += 1) {
      const debtor = syntheticDebtor(1, n);
      const {
        agencies: [truth],
      } = truthOf({ seed: 1, debtor, agencies: [bank] });
      const [asset] = truth?.assets ?? [];
      if (asset?.kind === 'deposit-account' && asset.balance !== null && truth?.closedAccounts === 0)
        return { debtor, truth };
    }
  };

  it('logs in, fetches the writ and the cards, and feeds its accounts back once', async () => {
    const { debtor, truth } = known();
    ask({ requestNumber: 'A1', ...debtor });
    await start();
    await until(() => feedbacks().length > 0);
    await until(() => door.received.filter(({ operation }) => operation === 'getXzcxList').length > 5);
    expect(feedbacks()).toHaveLength(1);
    expect(new Set(door.received.map(({ username }) => username))).toEqual(new Set([`YH${bank.code}`]));
    expect(door.received.every(({ headers }) => headers['x-chakong-simulated'] === '1')).toBe(true);
    expect(door.received.find(({ operation }) => operation === 'cxwsInfo')?.content).toBe('W1');
    expect(door.received.find(({ operation }) => operation === 'zjInfo')?.content).toBe('A1');
    const [{ content }] = feedbacks() as [Received];
    expect(content).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><zhxxList>/);
    expect(values(content, 'KHZH')).toEqual(
      truth.assets.map((asset) => ('accountNumber' in asset ? asset.accountNumber : '')),
    );
    expect(values(content, 'BDHM')).toEqual(truth.assets.map(() => 'A1'));
  });

  it('says the magic words, in one row, when it knows nobody of that number and name', async () => {
    const { debtor } = known();
    ask({ requestNumber: 'A1', idNumber: debtor.idNumber, name: '别人' });
    await start();
    await until(() => feedbacks().length > 0);
    expect(values(feedbacks()[0]!.content, 'KHZH')).toEqual(['查无开户信息']);
    expect(values(feedbacks()[0]!.content, 'CCXH')).toEqual(['1']);
  });

  it.each([
    ['缺少工作证', () => (door.cards = false)],
    ['法律文书无法打开', () => (door.writ = Buffer.alloc(0))],
  ])('sends the request back when the papers are wanting: %s', async (reason, spoil) => {
    spoil();
    ask({ requestNumber: 'A1', ...syntheticDebtor(1, 1) });
    await start();
    await until(() => feedbacks().length > 0);
    expect(values(feedbacks()[0]!.content, 'KHZH')).toEqual(['业务审核未通过']);
    expect(values(feedbacks()[0]!.content, 'BEIZ')).toEqual([reason]);
  });

  it('gives transactions only inside the period that was asked for', async () => {
    const wanted = [...Array(30).keys()].map((n) => ({
      requestNumber: `A${n + 1}`,
      ...syntheticDebtor(1, n),
      period: ['2026-01-01', '2026-02-28'] as const,
    }));
    for (const task of wanted) ask(task);
    await start();
    await until(() => new Set(feedbacks().flatMap(({ content }) => values(content, 'BDHM'))).size === 30);
    const times = feedbacks().flatMap(({ content }) => values(content, 'JYSJ'));
    expect(times.length).toBeGreaterThan(0);
    expect(times.every((time) => time >= '2026/01/01' && time < '2026/03/01')).toBe(true);
  });

  it.each([
    ['演示异常', ['查询异常']],
    ['演示拒绝', ['业务审核未通过']],
    ['演示谎无', ['查无开户信息']],
    ['李四', ['查无开户信息']],
  ])('answers about %s with %j', async (name, expected) => {
    askAbout(name);
    await start();
    await until(() => feedbacks().length > 0);
    expect(values(feedbacks()[0]!.content, 'KHZH')).toEqual(expected);
  });

  it('returns a request by a message of its own, with reason and contact', async () => {
    const { requestNumber } = askAbout('演示回退');
    await start();
    const returned = () => door.received.filter(({ operation }) => operation === 'htInfo');
    await until(() => returned().length > 0);
    expect(values(returned()[0]!.content, 'BDHM')).toEqual([requestNumber]);
    expect(values(returned()[0]!.content, 'XCHTYY')).toEqual(['公务证号码与证件不符']);
    expect(feedbacks()).toEqual([]);
  });

  it('closes accounts with a day and no money', async () => {
    askAbout('演示销户');
    await start();
    await until(() => feedbacks().length > 0);
    expect(values(feedbacks()[0]!.content, 'XHRQ').every((day) => day !== '')).toBe(true);
    expect(new Set(values(feedbacks()[0]!.content, 'ZHZT'))).toEqual(new Set(['销户']));
  });

  it('gives the same answer again when the court did not take it, and gives up after the third time', async () => {
    door.accept = () => false;
    ask({ requestNumber: 'A1', ...syntheticDebtor(1, 1) });
    await start();
    await until(() => feedbacks().length === 3);
    const polls = door.received.length;
    await until(() => door.received.length > polls + 40);
    expect(feedbacks()).toHaveLength(3);
    expect(new Set(feedbacks().map(({ content }) => content.replace(/ FKSJ="[^"]*"/g, ''))).size).toBe(1);
  });

  it('does not poll while told so, and polls again afterwards', async () => {
    ask({ requestNumber: 'A1', ...syntheticDebtor(1, 1) });
    await start('no-poll', 3);
    await until(() => feedbacks().length > 0);
    const counts = await fetch(`${simulator!.url}/__faults`).then((reply) => reply.json());
    expect(counts).toMatchObject([{ fault: 'no-poll', injected: 3 }]);
  });

  it('answers under a number nobody asked, then under the right one', async () => {
    ask({ requestNumber: 'A1', ...syntheticDebtor(1, 1) });
    door.accept = (number) => number === 'A1';
    await start('wrong-request-number', 1);
    await until(() => feedbacks().length === 2);
    expect(values(feedbacks()[0]!.content, 'BDHM')[0]).toBe('Z1');
    expect(values(feedbacks()[1]!.content, 'BDHM')[0]).toBe('A1');
  });

  it('takes the number of another bank when told so', async () => {
    ask({ requestNumber: 'B7', ...syntheticDebtor(1, 2) }, `YH${otherBank.code}`);
    await start(undefined, undefined, [bank, otherBank]);
    await until(() => feedbacks().length === 1);
    ask({ requestNumber: 'A1', ...syntheticDebtor(1, 1) });
    await fetch(`${simulator!.url}/__faults`, {
      method: 'PUT',
      body: JSON.stringify([{ agencyId: bank.agencyId, fault: 'foreign-request-number', times: 1 }]),
    });
    await until(() => feedbacks().length >= 2);
    const wrong = feedbacks().filter(
      ({ username, content }) => username.endsWith('1') && values(content, 'BDHM').includes('B7'),
    );
    expect(wrong).toHaveLength(1);
  });

  it('writes UTF-8 where GBK was agreed when told so', async () => {
    const { debtor } = known();
    ask({ requestNumber: 'A1', ...debtor });
    door.accept = () => false;
    await start('wrong-encoding', 1);
    await until(() => feedbacks().length > 0);
    const raw = /ZHZT="([^"]*)"/.exec(feedbacks()[0]!.content)?.[1] ?? '';
    expect(['正常', '部分冻结']).toContain(Buffer.from(raw, 'base64').toString('utf8'));
  });

  it('keeps silent about one request when told so', async () => {
    await start('never', 1);
    ask({ requestNumber: 'A1', ...syntheticDebtor(1, 1) });
    await until(() => door.received.some(({ operation }) => operation === 'zjInfo'));
    ask({ requestNumber: 'A2', ...syntheticDebtor(1, 2) });
    await until(() => feedbacks().length > 0);
    expect(feedbacks().flatMap(({ content }) => values(content, 'BDHM'))).not.toContain('A1');
  });

  it('sends the same answer ten times at once when told so', async () => {
    ask({ requestNumber: 'A1', ...syntheticDebtor(1, 1) });
    await start('repeat-storm', 1);
    await until(() => feedbacks().length === 10);
    expect(new Set(feedbacks().map(({ content }) => content)).size).toBe(1);
  });

  it('counts its exchanges by request number', async () => {
    ask({ requestNumber: 'A1', ...syntheticDebtor(1, 1) });
    await start();
    await until(() => feedbacks().length > 0);
    const counts = await fetch(`${simulator!.url}/__calls`).then((reply) => reply.json());
    expect(counts).toMatchObject({
      agencies: [{ agencyId: 'bank.one', exchanges: 1 }],
      requests: { 'bank.one A1': 1 },
    });
  });
});
