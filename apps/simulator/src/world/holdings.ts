import type { Agency } from '#contracts';
import { drawsFor, type Draws } from '../random.ts';
import { accountsOf, type Account } from './accounts.ts';
import { scenarioOf } from './magic-debtors.ts';
import { kindOfId, registeredName, worldKey } from './person.ts';
import { unitsOf, type RealEstateUnit } from './real-estate-units.ts';
import type { Scenario } from './scenario.ts';
import { vehiclesOf, type Vehicle } from './vehicles.ts';

/** What one agency has about one debtor. An agency of one category has assets of one kind only. */
export interface Holdings {
  readonly accounts: readonly Account[];
  readonly units: readonly RealEstateUnit[];
  readonly vehicles: readonly Vehicle[];
}

export interface HoldingsWanted {
  readonly seed: number;
  readonly debtor: { readonly kind?: 'natural' | 'legal'; readonly idNumber: string };
  readonly agency: Agency;
}

const none: Holdings = { accounts: [], units: [], vehicles: [] };

/** Scenarios in which the world is as for anybody else. */
const asSeeded = new Set<Scenario>(['seeded', 'found', 'rare-character']);

/**
 * What this agency has about this debtor: the same in every process for the same seed, and never an asset of somebody
 * else. Magic debtors have something at every agency, so that a failure has something to lose; 李四 and 演示全无 have
 * nothing anywhere.
 */
export function holdingsOf({ seed, debtor, agency }: HoldingsWanted): Holdings {
  const key = worldKey(debtor.idNumber);
  const scenario = scenarioOf(key);
  if (scenario === 'nothing') return none;
  const draws = drawsFor('holdings', seed, agency.agencyId, key);
  if (!holdsAnything(draws, agency, scenario)) return none;
  const about = { draws, agency, kind: debtor.kind ?? kindOfId(key), idNumber: key, scenario };
  if (agency.category === 'real-estate') return { ...none, units: unitsFor(about) };
  if (agency.category === 'vehicle') return { ...none, vehicles: vehiclesFor(about) };
  return { ...none, accounts: accountsFor(about) };
}

/** Share of debtors an agency knows: banks 15–25 % each, registries and bureaus 30 %. */
function holdsAnything(draws: Draws, agency: Agency, scenario: Scenario): boolean {
  const isRegister = agency.category === 'real-estate' || agency.category === 'vehicle';
  const rate = isRegister ? 0.3 : 0.15 + 0.1 * drawsFor('rate', agency.agencyId).next();
  const known = draws.chance(rate);
  if (asSeeded.has(scenario)) return known;
  return scenario === 'found-many' ? known || draws.chance(0.3) : true;
}

interface About {
  readonly draws: Draws;
  readonly agency: Agency;
  readonly kind: 'natural' | 'legal';
  readonly idNumber: string;
  readonly scenario: Scenario;
}

/** One to three of them, mostly one. */
const howMany = (draws: Draws, scenario: Scenario, atMost: number): number => {
  if (scenario === 'found-many') return 4 + draws.below(3);
  return draws.chance(0.6) ? 1 : 1 + draws.below(atMost);
};

function accountsFor({ draws, agency, kind, scenario }: About): readonly Account[] {
  const count = scenario === 'too-large' ? 100 : howMany(draws, scenario, 3);
  const shape = scenario === 'found-many' ? 'rich' : scenario === 'only-closed' ? 'closed' : openShape(scenario);
  return accountsOf({ draws, agency, kind, count, shape });
}

/** Where a failure must have something to lose, an account that is open and has a balance. */
const openShape = (scenario: Scenario): 'normal' | 'rich' | 'co-owners' =>
  asSeeded.has(scenario) ? 'normal' : scenario === 'co-owners' ? 'co-owners' : 'rich';

function unitsFor({ draws, agency, idNumber, scenario }: About): readonly RealEstateUnit[] {
  const count = scenario === 'three-pages' || scenario === 'page-lost' ? 60 : howMany(draws, scenario, 2);
  const shapes: Partial<Record<Scenario, 'rich' | 'co-owners' | 'sealed'>> = {
    'found-many': 'rich',
    'co-owners': 'co-owners',
    'sealed-without-row': 'sealed',
  };
  const debtor = { name: registeredName(idNumber), idNumber };
  return unitsOf({ draws, agency, debtor, count, shape: shapes[scenario] ?? 'normal' });
}

function vehiclesFor({ draws, agency, kind, scenario }: About): readonly Vehicle[] {
  const shapes: Partial<Record<Scenario, 'rich' | 'joined-letters' | 'sealed'>> = {
    'found-many': 'rich',
    'joined-letters': 'joined-letters',
    'seal-history': 'sealed',
    'seals-down': 'sealed',
  };
  const count = howMany(draws, scenario, 2);
  return vehiclesOf({ draws, agency, kind, count, shape: shapes[scenario] ?? 'normal' });
}
