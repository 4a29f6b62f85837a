import { describe, expect, it } from '@jest/globals';
import { inquiryAbout } from '#conformance';
import { saidSchema, type Agency, type MailboxTask } from '#contracts';
import fc from 'fast-check';
import { settingsSchema } from './settings.ts';
import { toSaid } from './translate.ts';
import type { List, Row } from './wire.ts';
import type { RecordName } from './dialect.ts';

const agency: Agency = {
  agencyId: 'bank.sample',
  code: 'C9999900000000001',
  nameZh: '示例银行',
  nameEn: 'Sample Bank',
  category: 'bank',
  region: null,
  channelId: null,
  typicalMs: null,
  promisedMs: null,
};
const task: MailboxTask = { requestNumber: 'A1', agency, inquiry: inquiryAbout('person') };
const settings = settingsSchema.parse({
  door: { path: '/d', loginPattern: { usernamePrefix: '', passwordRef: { secret: 's' }, passwords: 'derived' } },
});

const row = (values: Readonly<Record<string, string>>, lists: readonly (readonly [RecordName, List])[] = []): Row => ({
  record: 'zhxx',
  path: '/zhxxList/zhxx[0]',
  values: new Map(Object.entries(values)),
  undecodable: [],
  lists: new Map(lists),
  strays: 0,
});
const empty: List = { rows: [], strays: 0 };
const details = (['jrxx', 'djxx', 'qlxx', 'glxx'] as const).map((name) => [name, empty] as const);

const open = { KHZH: '6299990000000000012', ZHZT: '正常', BZ: '156', YE: '0.00', FKSJ: '2026/03/01 10:20:30' };
const rows = {
  open: row(open, details),
  closed: row({ ...open, ZHZT: '销户' }, details),
  nothing: row({ KHZH: '查无开户信息' }),
  'nothing with an amount': row({ KHZH: '查无开户信息', YE: '1.00' }),
  'nothing with a measure': row({ KHZH: '查无开户信息' }, [['djxx', { rows: [row({})], strays: 0 }]]),
  failure: row({ KHZH: '查询异常' }),
  refused: row({ KHZH: '业务审核未通过' }),
  'refused with a reason': row({ KHZH: '业务审核未通过', BEIZ: '缺少法律文书' }),
  'no number': row({ YE: '1.00' }),
  'other words': row({ KHZH: '无' }),
  undecodable: { ...row({}), undecodable: ['KHZH'] },
} as const;
type Kind = keyof typeof rows;
const kinds = Object.keys(rows) as Kind[];

const saidOf = (given: readonly Kind[], errorMessage: string | null = null) =>
  toSaid({ rows: given.map((kind) => rows[kind]), errorMessage }, { task, settings });
const told = (given: readonly Kind[]) => {
  const said = saidOf(given);
  return said.verdict === 'no-answer' ? said.reason : said.verdict;
};

describe('what a bank said', () => {
  it.each<[string, Kind[]]>([
    ['found', ['open']],
    ['found', ['open', 'nothing']],
    ['found', ['open', 'failure', 'refused', 'no number', 'undecodable']],
    ['nothing', ['nothing']],
    ['nothing', ['closed', 'closed']],
    ['unavailable', ['failure']],
    ['unavailable', ['closed', 'failure']],
    ['unavailable', ['nothing', 'failure']],
    ['refused', ['refused']],
    ['returned', ['refused', 'refused with a reason']],
    ['returned', ['nothing', 'refused with a reason']],
    ['unintelligible', []],
    ['unintelligible', ['no number']],
    ['unintelligible', ['other words']],
    ['unintelligible', ['nothing', 'nothing']],
    ['unintelligible', ['nothing', 'closed']],
    ['unintelligible', ['nothing with an amount']],
    ['unintelligible', ['nothing with a measure']],
    ['incomplete', ['undecodable']],
    ['incomplete', ['closed', 'undecodable']],
  ])('is %s for %j', (expected, given) => {
    expect(told(given)).toBe(expected);
  });

  it('is nothing only for the one declared row, or for closed accounts alone', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 5 }), fc.boolean(), (given, hasError) => {
        const said = saidOf(given, hasError ? '系统处理失败' : null);
        const isProof =
          !hasError &&
          given.length > 0 &&
          (given.every((kind) => kind === 'closed') || (given.length === 1 && given[0] === 'nothing'));
        expect(said.verdict === 'nothing').toBe(isProof);
        expect(said.verdict === 'found').toBe(given.includes('open'));
        expect(saidSchema.parse(JSON.parse(JSON.stringify(said)))).toEqual(said);
      }),
    );
  });

  it('is complete only when every row is an account or the bare text beside one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 4 }), (given) => {
        const said = saidOf(['open', ...given]);
        const isWhole = given.every((kind) => ['open', 'closed', 'nothing'].includes(kind));
        expect(said.verdict === 'found' && said.complete).toBe(isWhole);
      }),
    );
  });

  it('never takes a magic text or other words for an account number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\u4e00-\u9fff]{1,8}\d{0,8}$/), (text) => {
        const said = toSaid({ rows: [row({ ...open, KHZH: text }, details)], errorMessage: null }, { task, settings });
        expect(said.verdict).toBe('no-answer');
      }),
    );
  });
});
