import {
  type CaseView,
  debtorSchema,
  debtorViewSchema,
  maskIdentifier,
  maskThirdPartyName,
  type Debtor,
  type DebtorView,
} from '#contracts';
import { z } from 'zod';
import type { StoreContext } from './store-context.ts';

export type DebtorRow = {
  readonly debtor_id: string;
  readonly case_id: string;
  readonly body: Buffer;
  readonly created_at: Date;
};

/** A debtor (被执行人) with everything that is known, for the officer's own court. */
export type StoredDebtor = {
  readonly debtorId: string;
  readonly caseId: string;
  readonly debtor: Debtor;
  readonly warnings: DebtorView['warnings'];
  readonly createdAt: string;
};

const bodySchema = z.strictObject({ debtor: debtorSchema, warnings: debtorViewSchema.shape.warnings });

export const debtorPlace = (debtorId: string): string => `debtors.body/${debtorId}`;

export function openDebtorRow({ seals, toInstant }: StoreContext, row: DebtorRow): StoredDebtor {
  const body = bodySchema.parse(seals.openJson<unknown>(row.body, debtorPlace(row.debtor_id)));
  return { debtorId: row.debtor_id, caseId: row.case_id, createdAt: toInstant(row.created_at), ...body };
}

/** Names of organisations are public; a person's name is masked as a third party's in every list. */
const nameMasked = ({ kind, name }: Debtor): string => (kind === 'natural' ? maskThirdPartyName(name) : name);

export const viewDebtor = ({ debtorId, caseId, debtor, warnings, createdAt }: StoredDebtor): DebtorView => ({
  debtorId,
  caseId,
  kind: debtor.kind,
  role: debtor.role,
  nameMasked: nameMasked(debtor),
  ids: debtor.ids.map(({ type, number, checksum }) => ({ type, numberMasked: maskIdentifier(number), checksum })),
  warnings,
  createdAt,
});

export const summarizeDebtor = ({ debtorId, debtor }: StoredDebtor): CaseView['debtors'][number] => ({
  debtorId,
  kind: debtor.kind,
  nameMasked: nameMasked(debtor),
  idMasked: maskIdentifier(debtor.ids[0].number),
});
