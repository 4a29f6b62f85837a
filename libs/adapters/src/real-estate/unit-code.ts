import { checkRealEstateUnitCode } from '#contracts';

/** The unit code (不动产单元号) as rows of one answer are joined by it; null without one. */
export function unitKey(text: string | null): string | null {
  const check = checkRealEstateUnitCode(text ?? '');
  return check.outcome === 'accepted' ? check.normalised : null;
}
