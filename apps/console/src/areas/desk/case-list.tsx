import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '../../shared/api/use-me.ts';
import { CaseListView } from './case-list-view.tsx';
import { useDesk } from './use-desk.ts';

/** The list of cases; its filters are the address. */
export function CaseList(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const may = useMay();
  const filter = { state: search.get('state'), act: search.get('act') };
  const desk = useDesk(filter);
  return (
    <CaseListView
      desk={desk}
      filter={filter}
      mayWrite={may('cases:write')}
      onFilter={({ state, act }) =>
        setSearch({ ...(state === null ? {} : { state }), ...(act === null ? {} : { act }) }, { replace: true })
      }
    />
  );
}
