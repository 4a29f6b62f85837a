import type { Asset, Changes, LineChange, ReportBody } from '#contracts';
import { countedAccounts, type DepositAccount } from '../accounts.ts';
import { exact } from '../amounts.ts';
import { compareCodePoints } from '../code-points.ts';
import { addMs, compareWhen } from '../moments.ts';

export interface SignalSettings {
  /** When the debtor was told of the execution (执行通知); null: not known, so that falls are no signal. */
  readonly noticeAt: string | null;
  readonly fallRatio: string; // a fall of more than this part of the balance
  readonly fallDays: number; // within so many days after the notice
  readonly splitAccounts: number; // at least so many accounts
  readonly splitRatio: string; // of the de-minimis amount: what is "just under" it
}

export const signalSettings: SignalSettings = {
  noticeAt: null,
  fallRatio: '0.5',
  fallDays: 90,
  splitAccounts: 3,
  splitRatio: '0.8',
};

const dayMs = 86_400_000;

export interface SignalGround {
  readonly before: ReportBody;
  readonly after: ReportBody;
  readonly lines: readonly LineChange[];
  readonly removed: Changes['removed'];
  readonly undecided: Changes['undecided'];
  readonly changed: Changes['changed'];
  readonly settings: SignalSettings;
}

/** Signals for a person (report.md §11.4), each with its evidence; never a conclusion. */
export function signalsOf(ground: SignalGround): Changes['signals'] {
  const moved = [...ground.removed.map(({ lastAssetId }) => lastAssetId), ...unnamedGone(ground), ...fallen(ground)];
  const transfers = moved.map((assetId) => ({ code: 'possible-transfer' as const, evidence: [assetId] }));
  return [...transfers, ...splitAccounts(ground)];
}

/** Assets without a key whose agency now says wholly that there is nothing. */
function unnamedGone({ before, lines, undecided }: SignalGround): string[] {
  const gone = new Set(
    lines.filter(({ transition }) => transition === 'no-longer-reported').map(({ agencyId }) => agencyId),
  );
  const agencyOf = new Map(before.assets.map(({ assetId, provenance }) => [assetId, provenance.agencyId]));
  return undecided.map(({ lastAssetId }) => lastAssetId).filter((assetId) => gone.has(agencyOf.get(assetId) ?? ''));
}

function fallen({ after, changed, settings }: SignalGround): string[] {
  const { noticeAt, fallDays, fallRatio } = settings;
  if (noticeAt === null) return [];
  if (compareWhen(after.stateAt, noticeAt) < 0 || compareWhen(after.stateAt, addMs(noticeAt, fallDays * dayMs)) > 0)
    return [];
  return changed
    .filter(({ fields }) =>
      fields.some(({ path, code, before, difference }) => {
        if (path !== 'balance' || code !== 'value-down' || difference === null) return false;
        const amount =
          typeof before === 'object' && before !== null && !Array.isArray(before) ? before['amount'] : null;
        return typeof amount === 'string' && exact(difference).negated().greaterThan(exact(amount).times(fallRatio));
      }),
    )
    .map(({ assetId }) => assetId);
}

/** Accounts just under the de-minimis amount at different agencies, when at least one of them was not one before. */
function splitAccounts({ before, after, settings }: SignalGround): Changes['signals'] {
  const justUnder = (body: ReportBody): readonly Asset[] => {
    const limit = exact(body.summary.deMinimisAccounts.amountLimit);
    const floor = limit.times(settings.splitRatio);
    const isNear = ({ balance }: DepositAccount): boolean =>
      balance?.currency === 'CNY' &&
      exact(balance.amount).lessThan(limit) &&
      exact(balance.amount).greaterThanOrEqualTo(floor);
    return countedAccounts(body.assets).filter(isNear);
  };
  const near = justUnder(after);
  const known = new Set(justUnder(before).map(({ assetId }) => assetId));
  const agencies = new Set(near.map(({ provenance }) => provenance.agencyId));
  const isNews = near.some(({ assetId }) => !known.has(assetId));
  if (!isNews || near.length < settings.splitAccounts || agencies.size < 2) return [];
  return [{ code: 'split-accounts', evidence: near.map(({ assetId }) => assetId).toSorted(compareCodePoints) }];
}
