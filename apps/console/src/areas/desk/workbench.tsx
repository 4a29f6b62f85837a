import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { deskCountersOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { askLink } from './desk-links.ts';
import { isHotkey } from './hotkeys.ts';
import { useDesk } from './use-desk.ts';
import { WorkbenchView } from './workbench-view.tsx';

/** S02 工作台: what every case waits for. */
export function Workbench(): ReactElement {
  const [search] = useSearchParams();
  const may = useMay();
  const act = search.get('act');
  const desk = useDesk({ act, state: null });
  const counters = useQuery({ ...deskCountersOptions(), refetchInterval: 60_000 });
  useAskingKey(may('inquiries:write'));
  return (
    <WorkbenchView
      desk={desk}
      counters={counters}
      act={act}
      linkTo={(each) => (each === null ? '/' : `/?act=${each}`)}
      mayWrite={may('cases:write')}
    />
  );
}

/** `N` asks about the row that is pointed at or has the focus. */
function useAskingKey(isAllowed: boolean): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (!isAllowed) return;
    const onKey = (event: KeyboardEvent) => {
      if (!isHotkey(event, 'n')) return;
      const row = document.activeElement?.closest('tr') ?? document.querySelector('tr:hover');
      const place = row?.querySelector<HTMLElement>('[data-case]')?.dataset;
      const { case: caseId, debtor } = place ?? {};
      event.preventDefault();
      void navigate(
        caseId === undefined
          ? '/inquiries/new'
          : askLink({ caseId, debtor: debtor === undefined ? null : { debtorId: debtor } }),
      );
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isAllowed, navigate]);
}
