import type { Agency } from '#contracts';
import type { Account } from './accounts.ts';

/**
 * Whether an agency answers through an account register, which tells accounts and no balances: by convention the ids of
 * such channels begin with `register-`.
 */
export const isToldByRegister = ({ channelId }: Agency): boolean => channelId?.startsWith('register-') === true;

/** A register must name a currency; where the books name none, it is the one of the country. */
export const currencyAtRegister = ({ currency }: Account): string => currency ?? 'CNY';
