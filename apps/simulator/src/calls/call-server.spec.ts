import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { agencySchema, channelConfigSchema, type Agency, type Category, type ChannelConfig } from '#contracts';
import { magicDebtors } from '../world/magic-debtors.ts';
import { syntheticDebtor } from '../world/person.ts';
import { truthOf, type TrueRealEstate, type TrueVehicle } from '../world/truth.ts';
import { startSimulator, type Simulator } from '../start-simulator.ts';

const channel = (channelId: string, adapter: string, settings: object): ChannelConfig =>
  channelConfigSchema.parse({
    channelId,
    nameZh: '通道',
    nameEn: 'Channel',
    adapter,
    mode: 'call',
    simulated: true,
    settings,
  });
const agency = (agencyId: string, category: Category, channelId: string): Agency =>
  agencySchema.parse({
    agencyId,
    code: '110000',
    nameZh: '示例机构',
    nameEn: 'Sample',
    category,
    region: '110000',
    channelId,
    typicalMs: null,
    promisedMs: null,
  });

const credentials = { username: 'court', passwordRef: { secret: 'password' } };
const channels = [
  channel('province', 'real-estate', {
    wire: 'province-json',
    credentials,
    realTime: { askingBody: '990100', openIdRef: { secret: 'openid' } },
  }),
  channel('city', 'real-estate', { wire: 'city-rest', credentials, orgId: '990100' }),
  channel('vehicle', 'vehicle', { callerSerialRef: { secret: 'serial' }, interfaces: { seals: '01C99' } }),
];
const province = agency('registry.jing', 'real-estate', 'province');
const city = agency('registry.city', 'real-estate', 'city');
const bureau = agency('vehicle.jing', 'vehicle', 'vehicle');
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => quiet };

const magic = (name: string): { name: string; idNumber: string } => magicDebtors.find((each) => each.name === name)!;
const truthAt = (where: Agency, debtor: { idNumber: string }) =>
  truthOf({ seed: 1, debtor: { idNumber: debtor.idNumber }, agencies: [where] }).agencies[0]!;
/** The first seeded debtor with this state at the agency. */
const debtorWith = (where: Agency, state: 'found' | 'nothing') => {
  for (let n = 0; ; n += 1) {
    const debtor = syntheticDebtor(1, n);
    if (truthAt(where, debtor).state === state) return debtor;
  }
};

type Debtor = { readonly name: string; readonly idNumber: string };
interface RegistryReply {
  readonly success?: boolean;
  readonly head: {
    readonly code?: unknown;
    readonly returnCode?: unknown;
    readonly msg: string;
    readonly total?: number;
  };
  readonly data: {
    readonly token?: string;
    readonly cxsqdh?: string;
    readonly cxsqjg?: readonly Record<string, never[]>[];
  } & Record<string, never[]>;
}

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({
    port: 0,
    seed: 1,
    agencies: [province, city, bureau],
    channels,
    doorsUrl: 'http://127.0.0.1:1',
    secret: (name) => `the-${name}`,
    pollEveryMs: 0,
    latencyScale: 0,
    log: quiet,
    signal: new AbortController().signal,
    production: false,
  });
});
afterEach(() => simulator.stop());

const inject = (fault: object): Promise<Response> =>
  fetch(`${simulator.url}/__faults`, { method: 'PUT', body: JSON.stringify([fault]) });

describe('a provincial registry', () => {
  const send = (path: string, message: object): Promise<Response> =>
    fetch(`${simulator.url}/province/110000${path}`, {
      method: 'POST',
      body: new URLSearchParams({ gxData: JSON.stringify(message) }),
    });
  const json = async (path: string, message: object): Promise<RegistryReply> =>
    (await send(path, message)).json() as Promise<RegistryReply>;
  const login = async (): Promise<string> =>
    (await json('/token', { head: { xzqdm: '110000' }, data: { username: 'court', password: 'the-password' } })).data
      .token ?? '';
  const question = async ({ name, idNumber }: Debtor, token?: string) => ({
    head: { xzqdm: '110000', token: token ?? (await login()), cxjgbs: '990100', openid: 'the-openid' },
    data: { cxsqdh: '20260301110000000001', xz: '1', xm: name, zjzl: '1', zjhm: idNumber, wsbh: 'W1' },
  });
  const ask = async (debtor: Debtor): Promise<RegistryReply> => json('/sscx', await question(debtor));

  it('gives a token for the right login only', async () => {
    expect(await login()).not.toBe('');
    const wrong = await json('/token', { head: {}, data: { username: 'court', password: 'guessed' } });
    expect(wrong.head.code).toBe('2000');
    expect((await json('/sscx', await question(magic('张三'), 'made-up'))).head.code).toBe('2010');
  });

  it('marks every reply as simulated', async () => {
    expect((await send('/token', {})).headers.get('x-chakong-simulated')).toBe('1');
  });

  it('tells its rights with all their holders', async () => {
    const debtor = debtorWith(province, 'found');
    const { head, data } = await ask(debtor);
    expect(head.code).toBe('0000');
    expect(data.cxsqdh).toBe('20260301110000000001');
    const [lists] = data.cxsqjg ?? [];
    const rows = ['fdcq', 'jsydsyq', 'gjzwsyq', 'lq', 'hysyq'].flatMap((list) => lists?.[list] ?? []) as Record<
      string,
      unknown
    >[];
    const assets = truthAt(province, debtor).assets as TrueRealEstate[];
    expect(new Set(rows.map((row) => row['bdcdyh']))).toEqual(new Set(assets.map(({ unitCode }) => unitCode)));
    for (const row of rows) {
      const holders = row['qlrList'] as { qlrmc: string; qlrzjh: string }[];
      expect(holders).toContainEqual(expect.objectContaining({ qlrmc: debtor.name, qlrzjh: debtor.idNumber }));
    }
    expect(lists?.['cfdj']).toHaveLength(assets.flatMap(({ seizures }) => seizures).length);
  });

  it('says nothing by delivering every list empty, also about another name', async () => {
    const found = debtorWith(province, 'found');
    for (const debtor of [debtorWith(province, 'nothing'), { ...found, name: '别人' }]) {
      const { head, data } = await ask(debtor);
      expect(head.code).toBe('0000');
      const { wsbh, ...lists } = data.cxsqjg?.[0] ?? {};
      expect(wsbh).toBe('W1');
      expect(Object.keys(lists).toSorted()).toEqual([
        'cfdj',
        'dyaq',
        'fdcq',
        'gjzwsyq',
        'hysyq',
        'jsydsyq',
        'lq',
        'nydsyq',
        'tdsyq',
        'ygdj',
        'yydj',
      ]);
      expect(Object.values(lists).flat()).toEqual([]);
    }
  });

  it.each([
    ['演示异常', '2040'],
    ['演示空表', '2040'],
    ['演示无权', '2010'],
    ['演示退回', '2040'],
  ])('never says nothing about %s, but %s', async (name, code) => {
    expect((await ask(magic(name))).head.code).toBe(code);
  });

  it('leaves lists out where it only looks like nothing', async () => {
    const { head, data } = await ask(magic('演示似无'));
    expect(head.code).toBe('0000');
    expect(data.cxsqjg?.[0]).not.toHaveProperty('fdcq');
  });

  it('lets the token expire once, where the scenario says so', async () => {
    expect((await ask(magic('演示令牌'))).head.code).toBe('2010');
    expect((await ask(magic('演示令牌'))).head.code).toBe('0000');
  });

  it('writes another person, an old number, a flag without a row', async () => {
    const rows = async (name: string) =>
      ((await ask(magic(name))).data.cxsqjg?.[0]?.['fdcq'] ?? []) as Record<string, unknown>[];
    const holders = (row: Record<string, unknown> | undefined) => JSON.stringify(row?.['qlrList']);
    expect(holders((await rows('演示他人'))[0])).not.toContain(magic('演示他人').idNumber);
    expect(holders((await rows('演示旧证'))[0])).toContain(magic('演示旧证').idNumber.slice(8, 17));
    const { data } = await ask(magic('演示缺行'));
    expect(data.cxsqjg?.[0]?.['cfdj']).toEqual([]);
    expect((await rows('演示缺行'))[0]?.['sfcf']).toBe('1');
  });

  it('counts exchanges by request number', async () => {
    await ask(debtorWith(province, 'nothing'));
    const counts = (await (await fetch(`${simulator.url}/__calls`)).json()) as { requests: Record<string, number> };
    expect(counts.requests).toEqual({ 'registry.jing 20260301110000000001': 1 });
  });
});

describe('a city registry', () => {
  const ask = async ({ name, idNumber }: Debtor, head: object = {}): Promise<RegistryReply> => {
    const login = {
      username: 'court',
      password: 'the-password',
      regioncode: '110000',
      orgid: '990100',
      size: '50',
      page: '1',
      ...head,
    };
    const body = JSON.stringify({ head: login, data: { qlrmc: name, zjh: idNumber, zjzl: '1' } });
    return (
      await fetch(`${simulator.url}/city/110000/query`, { method: 'POST', body })
    ).json() as Promise<RegistryReply>;
  };

  it('says nothing by a fail wrapper with the success code and the words for it', async () => {
    const { success, head, data } = await ask(debtorWith(city, 'nothing'));
    expect({ success, code: head.returnCode, msg: head.msg, data }).toEqual({
      success: false,
      code: '0000',
      msg: '查询当前项目信息为空',
      data: null,
    });
    expect((await ask(magic('演示似无'))).head).toMatchObject({ returnCode: '0000', msg: '查询完成' });
  });

  it('writes its code as a number where the scenario says so', async () => {
    expect((await ask(magic('演示整码'))).head.returnCode).toBe(0);
  });

  it('refuses a wrong login', async () => {
    expect((await ask(magic('张三'), { password: 'guessed' })).head.returnCode).toBe('2000');
  });

  it('tells many rows page by page, each row once', async () => {
    const first = await ask(magic('演示三页'), { size: '40' });
    const total = first.head.total ?? 0;
    const pages = [first];
    for (let page = 2; page <= Math.ceil(total / 40); page += 1)
      pages.push(await ask(magic('演示三页'), { size: '40', page: String(page) }));
    const rows = pages.flatMap(({ data }) => Object.values(data).flat());
    expect(pages.length).toBeGreaterThanOrEqual(3);
    expect(rows).toHaveLength(total);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(total);
    expect((await ask(magic('演示缺页'), { size: '40', page: '2' })).head.returnCode).toBe('1000');
  });
});

describe('a vehicle bureau', () => {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const call = async (condition: string, jkid = '01C21', serial = 'the-serial'): Promise<string> => {
    const document = `<?xml version="1.0" encoding="GBK"?><root><QueryCondition>${condition}</QueryCondition></root>`;
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><t:queryObjectOut xmlns:t="http://tempuri.org/"><xtlb>01</xtlb><jkxlh>${serial}</jkxlh><jkid>${jkid}</jkid><UTF8XmlDoc>${escaped(document)}</UTF8XmlDoc></t:queryObjectOut></s:Body></s:Envelope>`;
    const reply = await fetch(`${simulator.url}/vehicle/110000/services/TmriOutNewAccess`, { method: 'POST', body });
    if (!reply.ok) return String(reply.status);
    const text = await reply.text();
    return (/<return>(.*)<\/return>/s.exec(text)?.[1] ?? text)
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  };
  const ask = ({ name, idNumber }: Debtor): Promise<string> =>
    call(`<sfzmmc>A</sfzmmc><sfzmhm>${idNumber}</sfzmhm><syr>${encodeURIComponent(name)}</syr>`);
  const texts = (document: string, tag: string): string[] =>
    [...document.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text]) => decodeURIComponent(text!));

  it('tells the vehicles of a number, declared as GBK and written as URL-encoded UTF-8', async () => {
    const debtor = debtorWith(bureau, 'found');
    const document = await ask(debtor);
    const assets = truthAt(bureau, debtor).assets as TrueVehicle[];
    expect(document).toMatch(/^<\?xml version="1.0" encoding="GBK"\?><root><head><code>1<\/code>/);
    expect(document).toContain('%E4%BA%AC');
    expect(texts(document, 'rownum')).toEqual([String(assets.length)]);
    expect(texts(document, 'hphm')).toEqual(assets.map(({ plateNumber }) => plateNumber));
    expect(texts(document, 'zt')).toEqual(assets.map(({ statuses }) => statuses.join('')));
    expect(new Set(texts(document, 'syr'))).toEqual(new Set([debtor.name]));
  });

  it('says nothing with code 1, no rows counted and an empty body', async () => {
    expect(await ask(debtorWith(bureau, 'nothing'))).toContain(
      '<code>1</code><message>ok</message><rownum>0</rownum></head><body/>',
    );
    expect(await ask(magic('演示似无'))).not.toContain('rownum');
  });

  it('searches by number alone, and tells the name on record', async () => {
    const debtor = debtorWith(bureau, 'found');
    expect(texts(await ask({ ...debtor, name: '别人' }), 'syr')[0]).toBe(debtor.name);
  });

  it('tells the seals of a vehicle it has told of, one in force and one of the past', async () => {
    const [plate = ''] = texts(await ask(magic('演示封史')), 'hphm');
    const seals = await call(`<hpzl>02</hpzl><hphm>${encodeURIComponent(plate)}</hphm>`, '01C99');
    expect(texts(seals, 'sdbj')).toEqual(['1', '0']);
    const unknown = await call(`<hpzl>02</hpzl><hphm>${encodeURIComponent('京A00000')}</hphm>`, '01C99');
    expect(texts(unknown, 'code')).not.toEqual(['1']);
    const [down = ''] = texts(await ask(magic('演示封断')), 'hphm');
    expect(await call(`<hpzl>02</hpzl><hphm>${encodeURIComponent(down)}</hphm>`, '01C99')).toBe('503');
  });

  it('joins the letters of a status', async () => {
    expect(texts(await ask(magic('演示连字')), 'zt')[0]?.length).toBeGreaterThan(1);
  });

  it('counts more rows than it sends where the scenario says so', async () => {
    const document = await ask(magic('演示半答'));
    expect(Number(texts(document, 'rownum')[0])).toBe(texts(document, 'hphm').length + 1);
  });

  it('refuses a serial it did not issue', async () => {
    const document = await call('<sfzmhm>110100199003074112</sfzmhm>', '01C21', 'guessed');
    expect(texts(document, 'message')).toEqual(['接口序列号未授权']);
  });
});

describe('a fault', () => {
  const query = (signal?: AbortSignal): Promise<Response> => {
    const debtor = debtorWith(city, 'found');
    const head = { username: 'court', password: 'the-password', orgid: '990100', size: '50', page: '1' };
    const body = JSON.stringify({ head, data: { qlrmc: debtor.name, zjh: debtor.idNumber, zjzl: '1' } });
    return fetch(`${simulator.url}/city/110000/query`, { method: 'POST', body, ...(signal ? { signal } : {}) });
  };

  it('happens as often as it was ordered, and is counted', async () => {
    await inject({ agencyId: '*', fault: '5xx', times: 2 });
    expect([(await query()).status, (await query()).status, (await query()).status]).toEqual([503, 503, 200]);
    expect(await (await fetch(`${simulator.url}/__faults`)).json()).toMatchObject([
      { fault: '5xx', times: 2, injected: 2 },
    ]);
    await fetch(`${simulator.url}/__faults`, { method: 'DELETE' });
    expect(await (await fetch(`${simulator.url}/__faults`)).json()).toEqual([]);
  });

  it('hits the agency or the category it names', async () => {
    await inject({ category: 'vehicle', fault: '5xx' });
    expect((await query()).status).toBe(200);
    await inject({ agencyId: 'registry.city', fault: '429', afterMs: 2_000 });
    const reply = await query();
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '2']);
  });

  it('cuts, empties, garbles or replaces the body', async () => {
    const whole = Buffer.from(await (await query()).arrayBuffer());
    const body = async (fault: string): Promise<Buffer> => {
      await inject({ agencyId: '*', fault });
      return Buffer.from(await (await query()).arrayBuffer());
    };
    expect(whole.subarray(0, 100)).toEqual((await body('truncated')).subarray(0, 100));
    expect((await body('truncated')).length).toBeLessThan(whole.length);
    expect((await body('empty')).length).toBe(0);
    expect((await body('html-login')).toString()).toContain('<html');
    expect((await body('wrong-encoding')).toString('utf8')).toContain('\ufffd');
    expect((await body('garbage')).length).toBe(512);
    expect((await body('error-envelope-empty-list')).toString()).toContain('"returnCode":"1000"');
    expect((await body('wrong-identity')).toString()).toContain('另外一人');
  });

  it.each(['down', 'reset'])('breaks the connection: %s', async (fault) => {
    await inject({ agencyId: '*', fault });
    await expect(query().then((reply) => reply.arrayBuffer())).rejects.toThrow();
  });

  it('hangs until the caller goes away', async () => {
    await inject({ agencyId: '*', fault: 'hang' });
    await expect(query(AbortSignal.timeout(100))).rejects.toThrow();
  });

  it('drips a body that never becomes whole in time', async () => {
    await inject({ agencyId: '*', fault: 'slow-drip', afterMs: 50 });
    const reply = await query(AbortSignal.timeout(300));
    await expect(reply.arrayBuffer()).rejects.toThrow();
  });

  it('floods, and packs a bomb', async () => {
    await inject({ agencyId: '*', fault: 'huge-body' });
    const reader = (await query()).body!.getReader();
    let read = 0;
    while (read < 8_388_608) read += (await reader.read()).value?.length ?? 0;
    await reader.cancel();
    await inject({ agencyId: '*', fault: 'gzip-bomb' });
    const bomb = await query();
    expect(Number(bomb.headers.get('content-length'))).toBeLessThan(1_048_576);
    expect(bomb.headers.get('content-encoding')).toBe('gzip');
    await bomb.body?.cancel();
  });

  it('is refused with all its problems when it is not readable', async () => {
    const reply = await fetch(`${simulator.url}/__faults`, {
      method: 'PUT',
      body: JSON.stringify([{ fault: 'rain' }, { fault: 'late' }, { agencyId: '*', fault: 'late', times: -1 }]),
    });
    expect(reply.status).toBe(400);
    expect(((await reply.json()) as { problems: string[] }).problems).toHaveLength(3);
  });
});
