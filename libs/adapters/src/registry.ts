import type { Adapter } from '#contracts';
import { bankZdz } from './bank-zdz/adapter.ts';
import { iso20022Auth } from './iso20022-auth/adapter.ts';
import { manual } from './manual/adapter.ts';
import { realEstate } from './real-estate/adapter.ts';
import { vehicle } from './vehicle/adapter.ts';

/** Every adapter, one line each, in alphabetical order. The only file that imports an adapter folder. */
export const adapters: readonly Adapter[] = [bankZdz, iso20022Auth, manual, realEstate, vehicle];
