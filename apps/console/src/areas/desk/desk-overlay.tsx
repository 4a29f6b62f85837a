import { Button } from 'antd';
import { lazy, type ReactElement, Suspense, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../shared/api/use-me.ts';
import { isHotkey, isSearchKey } from './hotkeys.ts';
import { closeDialogs, openDialog, openedDialog, watchDialogs } from './open-dialog.ts';
import './desk.css';

// loaded when somebody first asks for them
const SearchDialog = lazy(async () => ({ default: (await import('./search-dialog.tsx')).SearchDialog }));
const HotkeyHelp = lazy(async () => ({ default: (await import('./hotkey-help.tsx')).HotkeyHelp }));

/** In the head of the page, for who has no use for keys. */
export function SearchButton(): ReactElement | null {
  const { t } = useTranslation('desk');
  const may = useMay();
  if (!may('cases:read')) return null;
  return (
    <Button className="shell-search" size="small" onClick={() => openDialog('search')} aria-keyshortcuts="Control+K">
      {t('search.open')} <span aria-hidden="true">{t('search.keys')}</span>
    </Button>
  );
}

/** Ctrl-K and `?`, over every screen. */
export function DeskOverlay(): ReactElement | null {
  const open = useSyncExternalStore(watchDialogs, openedDialog);
  const may = useMay();
  const maySearch = may('cases:read');
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted = isSearchKey(event) && maySearch ? 'search' : isHotkey(event, '?') ? 'help' : null;
      if (wanted === null) return;
      event.preventDefault();
      openDialog(wanted);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [maySearch]);
  if (open === null) return null;
  return (
    <Suspense fallback={null}>
      {open === 'search' ? <SearchDialog onClose={closeDialogs} /> : <HotkeyHelp onClose={closeDialogs} />}
    </Suspense>
  );
}
