import { describe, expect, it } from '@jest/globals';
import { assetKeyOf, likenessOf } from './asset-key.ts';
import { account, realEstate, vehicle } from './made-up-answers.spec.ts';

const other = { code: 'other', label: { zh: '其他', en: 'Other' }, rawCode: '99', rawLabel: null } as const;

describe('the key of an asset', () => {
  it('is bank, number and currency for an account', () => {
    expect(assetKeyOf(account())).toBe('C9999900000000001|6299990000000000012|CNY');
    expect(assetKeyOf(account({ accountNumber: '6299-9900 0000 0000 012' }))).toBe(assetKeyOf(account()));
    expect(assetKeyOf(account({ currency: 'USD' }))).not.toBe(assetKeyOf(account()));
  });

  it('is unit, right and certificate for real estate', () => {
    expect(assetKeyOf(realEstate())).toBe('110100001001GB00012F00030008|house|京2020示例不动产权第0000001号');
    expect(assetKeyOf(realEstate({ unitCode: '110100 001001 gb00012 f00030008' }))).toBe(assetKeyOf(realEstate()));
    expect(assetKeyOf(realEstate({ rightKind: 'land-use' }))).not.toBe(assetKeyOf(realEstate()));
  });

  it('is the VIN for a vehicle, else plate and class', () => {
    expect(assetKeyOf(vehicle({ vin: 'ltesta1b7r0000001' }))).toBe('LTESTA1B7R0000001');
    expect(assetKeyOf(vehicle({ vin: null, plateNumber: '京A·00000' }))).toBe('京A00000|small');
    expect(assetKeyOf(vehicle({ vin: null, plateClass: other }))).toBe('京A00000|99');
    expect(assetKeyOf(vehicle({ vin: '0000001' }))).toBe('京A00000|small'); // the tail of a VIN is no key
  });

  it.each([
    account({ currency: null }),
    account({ accountNumber: '6299****0012' }),
    account({ accountNumber: '—' }),
    realEstate({ unitCode: null }),
    realEstate({ certificateNo: null }),
    vehicle({ vin: null, plateClass: null }),
    vehicle({ vin: null, plateNumber: '京A***00' }),
  ])('is missing where a part of it is missing or masked', (asset) => {
    expect(assetKeyOf(asset)).toBeNull();
  });
});

describe('the likeness of an asset', () => {
  it('is weak where the key lacks a part', () => {
    expect(likenessOf(account({ currency: null }))).toEqual({ ...likenessOf(account()), isWeak: true });
    expect(likenessOf(realEstate({ unitCode: null, buildingArea: '88.160' }))).toEqual({
      ...likenessOf(realEstate()),
      isWeak: true,
    });
    expect(likenessOf(vehicle({ vin: null }))).toEqual({ ...likenessOf(vehicle()), isWeak: true });
  });

  it('is missing where nothing is left to compare', () => {
    expect(likenessOf(realEstate({ buildingArea: null }))).toBeNull();
    expect(likenessOf(vehicle({ plateClass: null }))).toBeNull();
  });
});
