import {
  type AppliedMask,
  type Asset,
  type ExportSection,
  exportSections,
  maskAccount,
  type MaskCount,
  maskIdentifier,
  type MaskLevel,
  maskThirdPersons,
  type ReportBody,
} from '#contracts';

export interface MaskWanted {
  readonly mask: MaskLevel;
  readonly sections: 'all' | readonly ExportSection[];
}

/** A section that was left out is null, never an empty list. */
export type ShownReport = Omit<ReportBody, 'assets' | 'roles' | 'coverage'> & {
  readonly assets: ReportBody['assets'] | null;
  readonly roles: ReportBody['roles'] | null;
  readonly coverage: Omit<ReportBody['coverage'], 'lines'> & { readonly lines: ReportBody['coverage']['lines'] | null };
};

export interface MaskedReport {
  readonly shown: ShownReport;
  readonly masked: readonly AppliedMask[];
  readonly leftOut: readonly ExportSection[];
}

/** Counters of one masking, by what was masked. */
type Tally = Map<AppliedMask['what'], number>;

/**
 * The body of a report for whoever gets it outside of the product (report.md §13). `third-parties-only` masks other
 * people, `standard` also numbers of identity papers and accounts, contacts, and words of agencies that may repeat them.
 */
export function maskReport(body: ReportBody, { mask, sections }: MaskWanted): MaskedReport {
  const tally: Tally = new Map();
  const others = mask === 'none' ? body : withoutThirdPersons(body, tally);
  const shown = mask === 'standard' ? withoutNumbers(others, tally) : others;
  const leftOut = sections === 'all' ? [] : exportSections.filter((section) => !sections.includes(section));
  const masked = [...tally].flatMap(([what, count]) => (count === 0 ? [] : [{ what, count }]));
  return { shown: cutSections(shown, leftOut), masked, leftOut };
}

const add = (tally: Tally, what: AppliedMask['what'], count: number): void => {
  tally.set(what, (tally.get(what) ?? 0) + count);
};

function withoutThirdPersons(body: ReportBody, tally: Tally): ReportBody {
  const count: MaskCount = { names: 0, numbers: 0 };
  const assets = body.assets.map((asset) => maskThirdPersons(asset, count));
  add(tally, 'third-person-names', count.names);
  add(tally, 'third-person-numbers', count.numbers);
  return { ...body, assets };
}

function withoutNumbers(body: ReportBody, tally: Tally): ReportBody {
  return {
    ...body,
    debtor: maskDebtor(body.debtor, tally),
    officer: { ...body.officer, phone: gone(body.officer.phone, 'contacts', tally) },
    assets: body.assets.map((asset) => maskAsset(asset, tally)),
    coverage: {
      ...body.coverage,
      lines: body.coverage.lines.map((line) => ({
        ...line,
        contactName: gone(line.contactName, 'contacts', tally),
        contactPhone: gone(line.contactPhone, 'contacts', tally),
        reasonText: gone(line.reasonText, 'raw-words', tally),
      })),
    },
  };
}

function gone(text: string | null, what: AppliedMask['what'], tally: Tally): null {
  if (text !== null) add(tally, what, 1);
  return null;
}

/** Numbers of organisations are public; those of people are not. */
function maskDebtor(debtor: ReportBody['debtor'], tally: Tally): ReportBody['debtor'] {
  if (debtor.kind !== 'natural') return debtor;
  const number = (text: string): string => {
    add(tally, 'identity-numbers', 1);
    return maskIdentifier(text);
  };
  const [first, ...others] = debtor.ids;
  const masked = (id: typeof first): typeof first => ({
    ...id,
    number: number(id.number),
    normalised: number(id.normalised),
    variant15: id.variant15 && number(id.variant15),
  });
  return { ...debtor, ids: [masked(first), ...others.map(masked)] };
}

function maskAsset(asset: Asset, tally: Tally): Asset {
  const { provenance } = asset;
  const words = asset.warnings.filter(({ raw }) => raw !== null).length + provenance.conflicts.length;
  add(tally, 'raw-words', words); // what two agencies say differently is told, not what each of them says
  const plain = {
    warnings: asset.warnings.map((warning) => ({ ...warning, raw: null })),
    provenance: {
      ...provenance,
      conflicts: provenance.conflicts.map(({ path, values }) => ({
        path,
        values: values.map((each) => ({ ...each, value: null })),
      })),
    },
  };
  if (asset.kind !== 'deposit-account') return { ...asset, ...plain };
  return { ...asset, ...plain, ...accountNumbers(asset, tally), assetKey: null };
}

type Account = Extract<Asset, { kind: 'deposit-account' }>;

function accountNumbers(account: Account, tally: Tally) {
  const number = (text: string): string => {
    if (!text.includes('*')) add(tally, 'account-numbers', 1);
    return text.includes('*') ? text : maskAccount(text);
  };
  const orNull = (text: string | null): string | null => text && number(text);
  return {
    accountNumber: number(account.accountNumber),
    cardNumber: orNull(account.cardNumber),
    iban: orNull(account.iban),
    linkedSettlementAccount: orNull(account.linkedSettlementAccount),
    subAccounts:
      account.subAccounts?.map((each) => ({
        ...each,
        number: number(each.number),
        mainAccount: orNull(each.mainAccount),
      })) ?? null,
    holdings:
      account.holdings?.map((each) => ({
        ...each,
        wealthAccount: orNull(each.wealthAccount),
        returnAccount: orNull(each.returnAccount),
        custodyAccount: orNull(each.custodyAccount),
      })) ?? null,
  };
}

function cutSections(body: ReportBody, leftOut: readonly ExportSection[]): ShownReport {
  const { assets, roles, coverage } = body;
  return {
    ...body,
    assets: leftOut.includes('assets') ? null : assets,
    roles: leftOut.includes('roles') ? null : roles,
    coverage: { ...coverage, lines: leftOut.includes('coverage-lines') ? null : coverage.lines },
  };
}
