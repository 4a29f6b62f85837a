import { moneyOf } from '../../shared/money.ts';
import type { Asset } from './shown-report.ts';

/** What an asset is called in a row: number, place or plate, and what tells it from others. */
export function nameOfAsset(asset: Asset): readonly [name: string, more: string] {
  switch (asset.kind) {
    case 'deposit-account':
      return [asset.accountNumberMasked, [asset.bankName, asset.branchName].filter(Boolean).join(' ')];
    case 'real-estate':
      return [asset.location, asset.certificateNo ?? asset.unitCode ?? ''];
    case 'vehicle':
      return [asset.plateNumber, [asset.brand, asset.model].filter(Boolean).join(' ')];
  }
}

export interface Worth {
  readonly first: string | null; // null: not provided, which is not zero
  readonly second: string | null;
}

/** Balance and available balance of accounts, areas of land and houses; other things have no figure of their own. */
export function worthOfAsset(asset: Asset): Worth {
  switch (asset.kind) {
    case 'deposit-account':
      return {
        first: asset.balance === null ? null : moneyOf(asset.balance),
        second: asset.availableBalance === null ? null : moneyOf(asset.availableBalance),
      };
    case 'real-estate': {
      const area = asset.buildingArea ?? asset.rightArea ?? asset.landArea;
      return { first: area === null ? null : `${area} ${asset.areaUnit ?? 'm²'}`, second: shareOf(asset) };
    }
    case 'vehicle':
      return {
        first: asset.statusCodes === null ? null : asset.statusCodes.map(({ label }) => label.zh).join('、'),
        second: shareOf(asset),
      };
  }
}

const shareOf = ({ coRights }: Asset): string | null => coRights?.find(({ isDebtor }) => isDebtor)?.share ?? null;
