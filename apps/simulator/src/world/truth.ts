import type { Agency, Category } from '#contracts';
import type { Account } from './accounts.ts';
import { holdingsOf, type Holdings } from './holdings.ts';
import { registeredName, worldKey } from './person.ts';
import { currencyAtRegister, isToldByRegister } from './register-channels.ts';
import type { RealEstateUnit, RightKind } from './real-estate-units.ts';
import type { Vehicle } from './vehicles.ts';

/** Amounts are text with two decimals in the currency beside them; null is what the bank's books, or the register, do not say. */
export interface TrueAccount {
  readonly kind: 'deposit-account';
  readonly accountNumber: string;
  readonly status: string;
  readonly currency: string | null;
  readonly balance: string | null;
  readonly availableBalance: string | null;
  readonly openedOn: string | null;
  readonly subAccounts: readonly { readonly number: string; readonly currency: string; readonly balance: string }[];
  readonly holdings: readonly {
    readonly productName: string;
    readonly productCode: string;
    readonly quantity: string;
    readonly totalValue: string;
    readonly currency: string;
  }[];
  readonly encumbrances: readonly {
    readonly authority: string;
    readonly documentNumber: string;
    readonly amount: string;
    readonly endsOn: string | null;
  }[];
  readonly coRights: readonly { readonly rightKind: string; readonly holderName: string; readonly amount: string }[];
}

/** Third parties with their full names: a report must show them masked. `place`: in the queue, 1 in force. */
export interface TrueRealEstate {
  readonly kind: 'real-estate';
  readonly rightKind: RightKind;
  readonly unitCode: string;
  readonly certificateNo: string;
  readonly location: string;
  readonly area: string;
  readonly coOwners: readonly { readonly name: string; readonly isDebtor: boolean; readonly share: string | null }[];
  readonly mortgages: readonly {
    readonly holderName: string;
    readonly certificateNo: string;
    readonly amount: string;
  }[];
  readonly seizures: readonly {
    readonly kind: string;
    readonly authority: string;
    readonly documentNumber: string;
    readonly startsOn: string;
    readonly endsOn: string;
    readonly place: number;
  }[];
}

export interface TrueVehicle {
  readonly kind: 'vehicle';
  readonly plateNumber: string;
  readonly vin: string;
  /** One letter each, as on the wire. */
  readonly statuses: readonly string[];
  readonly seals: readonly { readonly inForce: boolean; readonly startsOn: string; readonly endsOn: string }[];
}

export type TrueAsset = TrueAccount | TrueRealEstate | TrueVehicle;

/** `mismatch`: asked under another name than the one on record, an agency that searches by number answers about that person. */
export interface AgencyTruth {
  readonly agencyId: string;
  readonly category: Category;
  readonly state: 'found' | 'nothing' | 'mismatch';
  readonly assets: readonly TrueAsset[];
  /** Accounts the bank reports and a report only counts, because they are closed. */
  readonly closedAccounts: number;
}

export interface Truth {
  readonly seed: number;
  readonly debtor: { readonly name: string; readonly idNumber: string };
  /** In the order of the directory. */
  readonly agencies: readonly AgencyTruth[];
}

export interface TruthWanted {
  readonly seed: number;
  /** Without a name: the name on record. */
  readonly debtor: { readonly name?: string; readonly idNumber: string };
  readonly agencies: readonly Agency[];
}

/** What a report must say when every agency answers as in normal operation, whatever the debtor's scenario. */
export function truthOf({ seed, debtor, agencies }: TruthWanted): Truth {
  const registered = registeredName(debtor.idNumber);
  const name = debtor.name ?? registered;
  const isKnownName = name === registered;
  return {
    seed,
    debtor: { name, idNumber: worldKey(debtor.idNumber) },
    agencies: agencies.map((agency) => {
      const truth = agencyTruth(agency, holdingsOf({ seed, debtor, agency }));
      if (isKnownName || truth.state === 'nothing') return truth;
      const state = agency.category === 'vehicle' || isToldByRegister(agency) ? 'mismatch' : 'nothing';
      return { ...truth, state, assets: [], closedAccounts: 0 };
    }),
  };
}

function agencyTruth(agency: Agency, { accounts, units, vehicles }: Holdings): AgencyTruth {
  const open = accounts.filter(({ closedOn }) => closedOn === null);
  const told = isToldByRegister(agency) ? open.map(registeredAccount) : open.map(trueAccount);
  const assets = [...told, ...units.map(trueUnit), ...vehicles.map(trueVehicle)];
  return {
    agencyId: agency.agencyId,
    category: agency.category,
    state: assets.length > 0 ? 'found' : 'nothing',
    assets,
    closedAccounts: accounts.length - open.length,
  };
}

const trueAccount = (account: Account): TrueAccount => ({
  kind: 'deposit-account',
  accountNumber: account.number,
  status: account.status,
  currency: account.currency,
  balance: account.balance,
  availableBalance: account.available,
  openedOn: account.openedOn,
  subAccounts: account.subAccounts.map(({ number, currency, balance }) => ({ number, currency, balance })),
  holdings: account.holdings.map(({ productName, productCode, quantity, totalValue, currency }) => ({
    productName,
    productCode,
    quantity,
    totalValue,
    currency,
  })),
  encumbrances: account.freezes.map(({ authority, documentNumber, amount, endsOn }) => ({
    authority,
    documentNumber,
    amount,
    endsOn,
  })),
  coRights: account.rights.map(({ rightKind, holderName, amount }) => ({ rightKind, holderName, amount })),
});

/** What a register tells of an account: that it is there, whose, in which currency and since when. */
const registeredAccount = (account: Account): TrueAccount => ({
  ...trueAccount({ ...account, subAccounts: [], holdings: [], freezes: [], rights: [] }),
  status: '正常',
  currency: currencyAtRegister(account),
  balance: null,
  availableBalance: null,
});

const trueUnit = (unit: RealEstateUnit): TrueRealEstate => ({
  kind: 'real-estate',
  rightKind: unit.rightKind,
  unitCode: unit.unitCode,
  certificateNo: unit.certificateNo,
  location: unit.location,
  area: unit.area,
  coOwners: unit.owners.map(({ name, isDebtor, share }) => ({ name, isDebtor, share })),
  mortgages: unit.mortgages.map(({ holderName, certificateNo, amount }) => ({ holderName, certificateNo, amount })),
  seizures: unit.seizures,
});

const trueVehicle = (vehicle: Vehicle): TrueVehicle => ({
  kind: 'vehicle',
  plateNumber: vehicle.plateNumber,
  vin: vehicle.vin,
  statuses: vehicle.statuses.split(''),
  seals: vehicle.seals.map(({ inForce, startsOn, endsOn }) => ({ inForce, startsOn, endsOn })),
});
