import type { Asset } from '#contracts';

export type DepositAccount = Extract<Asset, { kind: 'deposit-account' }>;

/** Whether an asset counts as the debtor's: matched strongly or by two persons, not waiting and not rejected. */
export const isAccepted = ({ match }: Asset): boolean =>
  match.reviewState === 'confirmed' || (match.reviewState === 'not-needed' && match.confidence !== 'name-only');

/** Accounts whose money may be added up: accepted and not closed. */
export const countedAccounts = (assets: readonly Asset[]): DepositAccount[] =>
  assets.filter(
    (asset): asset is DepositAccount =>
      asset.kind === 'deposit-account' && isAccepted(asset) && asset.status?.code !== 'closed',
  );

export const currencyOf = ({ balance, availableBalance, currency }: DepositAccount): string | null =>
  balance?.currency ?? availableBalance?.currency ?? currency;
