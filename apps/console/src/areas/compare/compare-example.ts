import type { LiveReport, Report, Verdict } from '#contracts';
import { compareReports } from '#inquiry';
import type { Asset, Compared } from './compared.ts';

type Line = Report['coverage']['lines'][number];
type Account = Extract<Asset, { kind: 'deposit-account' }>;

const verdicts = ['found', 'nothing', 'no-answer', 'not-asked'] as const satisfies readonly Verdict[];
const reasonsThen = { older: 'unavailable', newer: 'timed-out' } as const;

/** What an invented agency says in one version. `half`: an answer of which a part is missing. */
interface Said {
  readonly agency: string;
  readonly verdict: Verdict;
  readonly half?: boolean;
  readonly accounts?: readonly Account[];
}

/** Two invented versions in which every transition occurs: one agency for each pair of verdicts, and some beside them. */
export function compareExample(base: LiveReport): Compared {
  const account = base.assets.find((asset) => asset.kind === 'deposit-account');
  if (account?.kind !== 'deposit-account') throw new Error('the example has no account');
  const of = (agency: string, balance: string, no = 1) => accountOf(account, { agency, balance, no });
  const pairs = verdicts.flatMap((before) =>
    verdicts.map((after) => ({ agency: `${before}-${after}`, before, after })),
  );
  const found = (agency: string, verdict: Verdict, balance: string): Said =>
    verdict === 'found' ? { agency, verdict, accounts: [of(agency, balance)] } : { agency, verdict };
  const older = versionOf(base, 'older', [
    ...pairs.map(({ agency, before }) => found(agency, before, '50000.00')),
    { agency: 'one-gone', verdict: 'found', accounts: [of('one-gone', '800.00', 1), of('one-gone', '900.00', 2)] },
    {
      agency: 'half-answer',
      verdict: 'found',
      accounts: [of('half-answer', '70000.00', 1), of('half-answer', '9.00', 2)],
    },
    { agency: 'the-same', verdict: 'found', accounts: [of('the-same', '12.50')] },
  ]);
  const newer = versionOf(base, 'newer', [
    ...pairs.map(({ agency, after }) => found(agency, after, '1000.00')),
    { agency: 'one-gone', verdict: 'found', accounts: [of('one-gone', '800.00', 1)] },
    { agency: 'half-answer', verdict: 'found', half: true, accounts: [of('half-answer', '70000.00', 1)] },
    { agency: 'the-same', verdict: 'found', accounts: [of('the-same', '12.50')] },
  ]);
  return { older, newer, changes: compareReports(older, newer) };
}

interface AccountOf {
  readonly agency: string;
  readonly balance: string;
  readonly no: number;
}

function accountOf(account: Account, { agency, balance, no }: AccountOf): Account {
  const agencyId = `bank.${agency}`;
  const answer = { agencyId, answerId: `ans_${agency}` };
  return {
    ...account,
    assetId: `ast_${agency}-${no}`,
    assetKey: `${agency}|${no}|CNY`,
    accountNumberMasked: `6299****${String(no).padStart(4, '0')}`,
    bankName: agency,
    branchName: null,
    openedOn: null,
    balance: { amount: balance, currency: 'CNY' },
    availableBalance: null,
    encumbrances: null,
    provenance: {
      ...account.provenance,
      ...answer,
      duplicateOf: null,
      conflicts: [],
      mergedFrom: [{ ...answer, asOf: account.provenance.asOf, receivedAt: account.provenance.receivedAt }],
    },
  };
}

const days = { older: '2026-05-20T10:00:00+08:00', newer: '2026-11-22T10:00:00+08:00' } as const;

function versionOf(base: LiveReport, when: 'older' | 'newer', said: readonly Said[]): Report {
  const { live: _, ...body } = base;
  const version = when === 'older' ? 1 : 2;
  return {
    ...body,
    inquiryId: `inq_${when}`,
    reportId: `rep_${when}`,
    reportVersion: version,
    ...{ supersedes: null, changes: null, signature: null, stateAt: days[when] },
    assets: said.flatMap(({ accounts }) => accounts ?? []),
    coverage: { ...base.coverage, isFull: false, lines: said.map((each) => lineOf(base, when, each)) },
  };
}

function lineOf({ coverage }: LiveReport, when: 'older' | 'newer', said: Said): Line {
  const { agency, verdict, half = false, accounts } = said;
  const like = coverage.lines.find((line) => line.verdict === verdict);
  if (like === undefined) throw new Error(`the example has no line ${verdict}`);
  return {
    ...like,
    agencyId: `bank.${agency}`,
    agencyName: agency,
    category: 'bank',
    ...(verdict === 'not-asked' ? {} : { adapterId: 'bank-zdz', matchRule: 'name-and-id' }),
    adapterVersion: verdict === 'not-asked' ? null : adapterVersionOf(agency, when),
    reason: verdict === 'no-answer' ? reasonsThen[when] : null,
    complete: verdict === 'found' || verdict === 'nothing' ? !half : null,
    assetCount: accounts?.length ?? (verdict === 'nothing' ? 0 : null),
    slaBreached: verdict === 'no-answer',
  };
}

/** One agency was asked through another version of its adapter. */
const adapterVersionOf = (agency: string, when: 'older' | 'newer'): string =>
  agency === 'the-same' && when === 'newer' ? '1.1.0' : '1.0.0';
