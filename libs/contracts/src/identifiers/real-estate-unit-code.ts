import { accept, reject } from './check.ts';
import type { IdentifierCheck } from './check.ts';
import { foldText } from './fold-code.ts';

/** Parts of a real-estate unit code (不动产单元号, GB/T 37346), 28 characters in all. */
export type RealEstateUnitCode = {
  /** 6 digits, GB/T 2260. */
  readonly area: string;
  /** 3 digits, cadastral area (地籍区). */
  readonly cadastralArea: string;
  /** 3 digits, cadastral sub-area (地籍子区). */
  readonly cadastralSubArea: string;
  /** 2 letters, feature of the parcel (宗地特征码). */
  readonly parcelFeature: string;
  /** 5 digits, number of the parcel (宗地顺序号). */
  readonly parcelNumber: string;
  /** 1 letter, feature of the fixture (定着物特征码): F building, L wood, Q other, W none. */
  readonly fixtureFeature: string;
  /** 8 digits, unit of the fixture. */
  readonly fixtureNumber: string;
};

/** Check of a unit code: an unusual one is accepted with the problem `shape`; only an empty text is rejected. */
export function checkRealEstateUnitCode(text: string): IdentifierCheck {
  const normalised = foldText(text);
  if (normalised === '') return reject('empty');
  return accept(normalised, 'not-applicable', realEstateUnitCodeParts(normalised) ? null : 'shape');
}

/** Parts of a normalised code; null if it has not the form of the standard. */
export function realEstateUnitCodeParts(normalised: string): RealEstateUnitCode | null {
  if (!/^\d{12}[A-Z]{2}\d{5}[A-Z]\d{8}$/.test(normalised)) return null;
  return {
    area: normalised.slice(0, 6),
    cadastralArea: normalised.slice(6, 9),
    cadastralSubArea: normalised.slice(9, 12),
    parcelFeature: normalised.slice(12, 14),
    parcelNumber: normalised.slice(14, 19),
    fixtureFeature: normalised.slice(19, 20),
    fixtureNumber: normalised.slice(20),
  };
}
