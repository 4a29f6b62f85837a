import { checkRealEstateUnitCode, checkVin, type FoundAsset } from '#contracts';
import { exact } from './amounts.ts';
import { foldPlate } from './same-meaning.ts';

type Account = Extract<FoundAsset, { kind: 'deposit-account' }>;
type RealEstate = Extract<FoundAsset, { kind: 'real-estate' }>;
type Vehicle = Extract<FoundAsset, { kind: 'vehicle' }>;
type Identified<Kind extends FoundAsset> = Pick<Kind, Extract<keyof Kind, IdentifyingField>>;
type IdentifyingField =
  | ('kind' | 'bankCode' | 'accountNumber' | 'currency' | 'unitCode' | 'rightKind' | 'certificateNo' | 'location')
  | ('buildingArea' | 'landArea' | 'rightArea' | 'vin' | 'plateNumber' | 'plateClass');
type IdentifiedAsset = Identified<Account> | Identified<RealEstate> | Identified<Vehicle>;

/**
 * What makes two mentions one thing (report.md §9.2); null: nothing does, so the asset is never merged. A masked or
 * empty number names nothing.
 */
export function assetKeyOf(asset: IdentifiedAsset): string | null {
  switch (asset.kind) {
    case 'deposit-account':
      return joined([accountKey(asset), asset.currency]);
    case 'real-estate':
      return joined([unitKey(asset.unitCode), asset.rightKind, lettersAndDigits(asset.certificateNo)]);
    case 'vehicle':
      return vinKey(asset.vin) ?? plateKey(asset);
  }
}

/** What makes two mentions look alike without proving that they are one: `isWeak` lacks a part of its key. */
interface Likeness {
  readonly text: string;
  readonly isWeak: boolean;
}

/** The likeness by which possible duplicates are marked, never merged (report.md §9.2, third column). */
export function likenessOf(asset: IdentifiedAsset): Likeness | null {
  const text = likenessText(asset);
  if (text === null) return null;
  const isWeak = asset.kind === 'vehicle' ? vinKey(asset.vin) === null : assetKeyOf(asset) === null;
  return { text: `${asset.kind}|${text}`, isWeak };
}

function likenessText(asset: IdentifiedAsset): string | null {
  switch (asset.kind) {
    case 'deposit-account':
      return accountKey(asset);
    case 'real-estate': {
      const area = asset.buildingArea ?? asset.landArea ?? asset.rightArea;
      return joined([asset.rightKind, area === null ? null : exact(area).toFixed(), lettersAndDigits(asset.location)]);
    }
    case 'vehicle':
      return plateKey(asset);
  }
}

const accountKey = (account: Identified<Account>): string | null =>
  joined([lettersAndDigits(account.bankCode), lettersAndDigits(account.accountNumber)]);

const plateKey = ({ plateNumber, plateClass }: Identified<Vehicle>): string | null => {
  if (isMasked(plateNumber) || plateClass === null) return null;
  const code = plateClass.code === 'other' ? (plateClass.rawCode ?? plateClass.rawLabel) : plateClass.code;
  return joined([foldPlate(plateNumber), code]);
};

const unitKey = (unitCode: string | null): string | null => {
  if (unitCode === null || isMasked(unitCode)) return null;
  const check = checkRealEstateUnitCode(unitCode);
  return check.outcome === 'accepted' ? check.normalised : null;
};

/** The last 4 to 8 characters of a VIN only help a search (report.md §10.7). */
const vinKey = (vin: string | null): string | null => {
  if (vin === null || isMasked(vin)) return null;
  const check = checkVin(vin);
  return check.outcome === 'accepted' && check.problem !== 'partial' ? check.normalised : null;
};

function lettersAndDigits(text: string | null): string | null {
  if (text === null || isMasked(text)) return null;
  return (
    text
      .normalize('NFKC')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toUpperCase() || null
  );
}

const isMasked = (text: string): boolean => /[*＊]/.test(text);

const joined = (parts: readonly (string | null)[]): string | null => (parts.includes(null) ? null : parts.join('|'));
