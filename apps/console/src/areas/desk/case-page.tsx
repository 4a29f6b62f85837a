import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useParams, useSearchParams } from 'react-router';
import {
  casematrixReadOptions,
  caseofficersListOptions,
  casesReadOptions,
  handoversListOptions,
  inquiriesListOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { CasePageView } from './case-page-view.tsx';
import { NewDebtor } from './new-debtor.tsx';
import { DebtorChips } from './debtor-chips.tsx';

const most = '12'; // inquiries in the matrix

/** S03 案件. */
export function CasePage(): ReactElement {
  const { caseId = '' } = useParams();
  const [search, setParameter] = useParameters();
  const may = useMay();
  const debtorId = search.get('debtor');
  const mayFollow = may('inquiries:read');
  const adding = search.get('add') === 'debtor';
  return (
    <CasePageView
      {...useBlocks({ caseId, debtorId, mayFollow })}
      debtorId={debtorId}
      onDebtor={(chosen) => setParameter('debtor', chosen)}
      mayWrite={may('cases:write')}
      mayAsk={may('inquiries:write')}
      mayFollow={mayFollow}
      adding={adding ? <NewDebtor caseId={caseId} onDone={() => setParameter('add', null)} /> : null}
      onAdd={() => setParameter('add', 'debtor')}
      chipsOf={(each) => <DebtorChips debtorId={each} />}
    />
  );
}

interface BlocksAsked {
  readonly caseId: string;
  readonly debtorId: string | null;
  readonly mayFollow: boolean;
}

/** Every block is read apart, so that one that fails takes no other along; none before the case is known to be seen. */
function useBlocks({ caseId, debtorId, mayFollow }: BlocksAsked) {
  const path = { caseId };
  const query = { inquiries: most, ...(debtorId === null ? {} : { debtorId }) };
  const file = useQuery(casesReadOptions({ path }));
  const isSeen = file.data !== undefined;
  const enabled = isSeen && mayFollow;
  return {
    file,
    matrix: useQuery({ ...casematrixReadOptions({ path, query }), enabled, refetchInterval: 30_000 }),
    inquiries: useQuery({ ...inquiriesListOptions({ query: { caseId, limit: '50' } }), enabled }),
    officers: useQuery({ ...caseofficersListOptions({ path }), enabled: isSeen }),
    handOvers: useQuery({ ...handoversListOptions({ path }), enabled: isSeen }),
  };
}

/** What stands in the address, and changing one part of it. */
function useParameters() {
  const [search, setSearch] = useSearchParams();
  const setParameter = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return [search, setParameter] as const;
}
