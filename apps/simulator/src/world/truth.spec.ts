import { describe, expect, it } from '@jest/globals';
import type { Agency } from '#contracts';
import { holdingsOf } from './holdings.ts';
import { magicDebtors } from './magic-debtors.ts';
import { syntheticDebtor } from './person.ts';
import { truthOf } from './truth.ts';

const agencies: Agency[] = (['bank', 'real-estate', 'vehicle'] as const).flatMap((category) =>
  Array.from({ length: 20 }, (_, place) => ({
    agencyId: `${category}.n${place}`,
    code: `C${place}`,
    nameZh: '示例机构',
    nameEn: 'Sample',
    category,
    region: '110000',
    channelId: 'channel',
    typicalMs: null,
    promisedMs: null,
  })),
);

describe('the ground truth', () => {
  it('names what every agency holds, in the order of the directory', () => {
    const debtor = syntheticDebtor(1, 3);
    const truth = truthOf({ seed: 1, debtor, agencies });
    expect(truth.agencies.map(({ agencyId }) => agencyId)).toEqual(agencies.map(({ agencyId }) => agencyId));
    for (const [place, { state, assets, closedAccounts }] of truth.agencies.entries()) {
      const { accounts, units, vehicles } = holdingsOf({ seed: 1, debtor, agency: agencies[place]! });
      expect(assets.length + closedAccounts).toBe(accounts.length + units.length + vehicles.length);
      expect(state).toBe(assets.length > 0 ? 'found' : 'nothing');
    }
    expect(truth.agencies.some(({ state }) => state === 'found')).toBe(true);
  });

  it('takes the name on record where none is given', () => {
    const debtor = syntheticDebtor(1, 4);
    expect(truthOf({ seed: 1, debtor: { idNumber: debtor.idNumber }, agencies })).toEqual(
      truthOf({ seed: 1, debtor, agencies }),
    );
  });

  it('finds nothing under another name, except where agencies search by number alone', () => {
    const { idNumber } = syntheticDebtor(1, 5);
    const truth = truthOf({ seed: 1, debtor: { idNumber, name: '查无此人' }, agencies });
    const states = (category: string) =>
      new Set(truth.agencies.filter((each) => each.category === category).map(({ state }) => state));
    expect(states('bank')).toEqual(new Set(['nothing']));
    expect(states('real-estate')).toEqual(new Set(['nothing']));
    expect(states('vehicle').has('found')).toBe(false);
    expect(truth.agencies.every(({ assets }) => assets.length === 0)).toBe(true);
  });

  it('counts closed accounts and does not list them', () => {
    const {
      agencies: [bank],
    } = truthOf({ seed: 1, debtor: { idNumber: magicId('演示销户') }, agencies });
    expect(bank).toMatchObject({ state: 'nothing', assets: [] });
    expect(bank?.closedAccounts).toBeGreaterThan(0);
  });
});

const magicId = (name: string): string => magicDebtors.find((each) => each.name === name)?.idNumber ?? '';
