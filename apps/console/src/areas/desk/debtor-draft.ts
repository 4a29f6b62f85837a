import type { NewDebtorInput } from '../../api/generated/types.gen.ts';

/** What is typed into the form of a debtor. */
export interface DebtorDraft {
  readonly kind: NewDebtorInput['kind'];
  readonly role: NewDebtorInput['role'];
  readonly name: string;
  readonly idType: NewDebtorInput['ids'][number]['type'];
  readonly ids: string;
  readonly formerNames: string;
  readonly aliases: string;
}
export const emptyDebtor: DebtorDraft = {
  ...{ kind: 'natural', role: 'debtor-under-execution', idType: 'citizen-id' },
  ...{ name: '', ids: '', formerNames: '', aliases: '' },
};
export const debtorFields = ['name', 'ids', 'formerNames', 'aliases'] as const;

const several = (text: string): string[] => text.split(/[,，、;；\n]/).flatMap((each) => each.trim() || []);

/** As it was typed: what is rare in a name stays as it is. */
export const debtorOf = ({ kind, role, name, idType, ids, formerNames, aliases }: DebtorDraft): NewDebtorInput => ({
  ...{ kind, role, name: name.trim(), ids: [{ type: idType, number: ids.trim() }] },
  ...{ formerNames: several(formerNames), aliases: several(aliases) },
});
