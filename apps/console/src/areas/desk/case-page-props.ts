import type { ReactNode } from 'react';
import type { Assignment, Case, CaseMatrix, HandOver, InquiryItem } from '../../api/generated/types.gen.ts';
import type { QueryLike } from '../../shared/state/query-state.tsx';

interface Items<Item> {
  readonly items: readonly Item[];
}

/** What the page of a case is drawn from. */
export interface CasePageViewProps {
  readonly file: QueryLike<Case>;
  readonly matrix: QueryLike<CaseMatrix>;
  readonly inquiries: QueryLike<Items<InquiryItem> & { readonly nextCursor: string | null }>;
  readonly officers: QueryLike<Items<Assignment>>;
  readonly handOvers: QueryLike<Items<HandOver>>;
  /** The debtor that the matrix is about; null: all of them. */
  readonly debtorId: string | null;
  readonly onDebtor: (debtorId: string | null) => void;
  readonly mayWrite: boolean;
  readonly mayAsk: boolean;
  readonly mayFollow: boolean;
  /** The form of a new debtor while it is open. */
  readonly adding: ReactNode;
  readonly onAdd: () => void;
  readonly chipsOf: (debtorId: string) => ReactNode;
}
