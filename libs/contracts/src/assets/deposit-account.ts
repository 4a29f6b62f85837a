import { z } from 'zod';
import { currencySchema, decimalSchema, moneySchema } from '../money.ts';
import { codeSchema, textSchema } from '../text.ts';
import { dateSchema, whenSchema } from '../time.ts';

export const accountClasses = [
  'savings',
  'current',
  'time',
  'card',
  'credit-card',
  'wealth-settlement',
  'margin',
  'safe-box',
  'other',
] as const;
export const accountStatuses = [
  'normal',
  'dormant',
  'frozen-full',
  'frozen-partial',
  'stop-payment',
  'closed',
  'other',
] as const;

const subAccountSchema = z.strictObject({
  sequence: textSchema.nullable(),
  mainAccount: textSchema.nullable(),
  class: codeSchema(accountClasses).nullable(),
  number: textSchema,
  currency: currencySchema.nullable(),
  balance: moneySchema.nullable(),
  availableBalance: moneySchema.nullable(),
  remark: textSchema.nullable(),
});

const holdingSchema = z.strictObject({
  sequence: textSchema.nullable(), // ZCXH; encumbrances refer to it
  productName: textSchema,
  productType: codeSchema(['fixed-income', 'fund', 'precious-metal', 'other']).nullable(),
  productCode: textSchema.nullable(),
  saleMode: z.enum(['own', 'agency']).nullable(),
  areaCode: textSchema.nullable(),
  wealthAccount: textSchema.nullable(),
  returnAccount: textSchema.nullable(),
  custodyAccount: textSchema.nullable(),
  manager: textSchema.nullable(),
  custodian: textSchema.nullable(),
  beneficiary: textSchema.nullable(),
  pledgee: textSchema.nullable(),
  tradableViaBank: z.boolean().nullable(),
  restriction: textSchema.nullable(),
  restrictionUntil: dateSchema.nullable(),
  setUpOn: dateSchema.nullable(),
  redeemableOn: dateSchema.nullable(),
  unit: textSchema.nullable(),
  currency: currencySchema.nullable(),
  unitPrice: decimalSchema.nullable(),
  quantity: decimalSchema.nullable(),
  controllableQuantity: decimalSchema.nullable(),
  totalValue: moneySchema.nullable(), // a valuation, in no balance total
  controllableValue: moneySchema.nullable(),
  remark: textSchema.nullable(),
});

const transactionSchema = z.strictObject({
  sequence: textSchema.nullable(),
  kind: codeSchema(['transfer', 'cash', 'other']).nullable(),
  direction: z.enum(['in', 'out', 'withdrawal']),
  currency: currencySchema.nullable(),
  amount: moneySchema,
  at: whenSchema,
  serial: textSchema.nullable(),
  counterpartyName: textSchema.nullable(),
  counterpartyAccountMasked: textSchema.nullable(),
  counterpartyBank: textSchema.nullable(),
  counterpartyBankCode: textSchema.nullable(),
  counterpartyIdType: codeSchema(['citizen-id', 'other']).nullable(),
  counterpartyIdMasked: textSchema.nullable(),
  remark: textSchema.nullable(),
});

/** Fields of a deposit account (存款账户, report.md §7.1). */
export const depositAccountShape = {
  kind: z.literal('deposit-account'),
  bankName: textSchema,
  bankCode: textSchema,
  branchName: textSchema.nullable(),
  branchCode: textSchema.nullable(),
  accountNumber: textSchema,
  accountNumberMasked: textSchema,
  cardNumber: textSchema.nullable(),
  iban: textSchema.nullable(),
  bic: textSchema.nullable(),
  accountSequence: textSchema.nullable(),
  holderName: textSchema.nullable(),
  accountClass: codeSchema(accountClasses).nullable(),
  status: codeSchema(accountStatuses).nullable(),
  openedOn: dateSchema.nullable(),
  closedOn: dateSchema.nullable(),
  currency: currencySchema.nullable(),
  balance: moneySchema.nullable(), // null: not provided (未提供); never 0 in its place
  availableBalance: moneySchema.nullable(),
  balanceAsOf: whenSchema.nullable(),
  linkedSettlementAccount: textSchema.nullable(),
  cashOrRemittance: z.enum(['cash', 'remittance']).nullable(),
  subAccounts: z.array(subAccountSchema).max(2_000).nullable(),
  holdings: z.array(holdingSchema).max(2_000).nullable(),
  transactions: z.array(transactionSchema).max(50_000).nullable(),
  protectedPurpose: z
    .enum(['wage', 'pension', 'social-relief', 'escrow', 'client-money', 'guarantee-deposit', 'unknown'])
    .nullable(),
};

export type SubAccount = z.infer<typeof subAccountSchema>;
export type Holding = z.infer<typeof holdingSchema>;
export type Transaction = z.infer<typeof transactionSchema>;
