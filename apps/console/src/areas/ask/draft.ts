import type { Category } from '#contracts';
import type { Case, InquiryPreview, NewInquiryInput } from '../../api/generated/types.gen.ts';

/** The document an inquiry rests on, as far as it is known. */
export interface DocumentDraft {
  readonly documentName: string;
  readonly documentNumber: string;
  readonly fileId: string | null;
  readonly fileName: string | null;
}

/** What an officer has chosen; nothing of it is kept anywhere but in this page. */
export interface Draft {
  readonly caseId: string;
  readonly debtorId: string;
  readonly purpose: NewInquiryInput['purpose'];
  /** Categories to ask in; null: all there are. */
  readonly categories: readonly Category[] | null;
  readonly document: DocumentDraft;
  readonly reason: string;
}

/** The name of the usual notice: the case number, then what it asks for (法释〔2013〕20号). */
const usualDocumentName = (caseNumber: string): string => `${caseNumber}协助查询存款通知书`;

/** A complete case needs nothing typed: the notice of its last inquiry is used again. */
export function documentOf(
  last: InquiryPreview['lastDocument'],
  { caseNumber }: Pick<Case, 'caseNumber'>,
): DocumentDraft {
  if (last !== null) return { ...last };
  return { documentName: usualDocumentName(caseNumber), documentNumber: '', fileId: null, fileName: null };
}

/** The document as it is sent; null: something of it is missing. */
export function legalOf({ document }: Pick<Draft, 'document'>): NewInquiryInput['legal'] | null {
  const { documentName, documentNumber, fileId } = document;
  if (documentName.trim() === '' || documentNumber.trim() === '' || fileId === null) return null;
  return { documentName: documentName.trim(), documentNumber: documentNumber.trim(), fileId };
}

const scopeOf = ({ categories }: Draft): NewInquiryInput['scope'] => ({
  categories: categories === null ? 'all' : [...categories],
  agencies: 'all-entitled',
});

const reasonOf = ({ reason }: Draft): string | null => (reason.trim() === '' ? null : reason.trim());

/** What the preview is asked with: everything chosen so far, with the document only when it is whole. */
export const previewOf = (draft: Draft) => ({
  ...{ caseId: draft.caseId, debtorId: draft.debtorId, purpose: draft.purpose },
  ...{ scope: scopeOf(draft), legal: legalOf(draft), reason: reasonOf(draft) },
});

/** The inquiry itself; null: it is not whole. */
export function inquiryOf(draft: Draft): NewInquiryInput | null {
  const legal = legalOf(draft);
  return legal === null ? null : { ...previewOf(draft), legal };
}
