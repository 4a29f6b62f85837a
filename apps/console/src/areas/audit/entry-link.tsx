import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

/** Opens one entry of the ledger over the screen, and keeps the filter that stands in the address. */
export function EntryLink({ seq }: { readonly seq: number }): ReactElement {
  const { t } = useTranslation('audit');
  const { search } = useLocation();
  const to = new URLSearchParams(search);
  to.set('event', `${seq}`);
  return (
    <Link to={{ search: to.toString() }} aria-label={t('entry.open', { seq })}>
      {seq}
    </Link>
  );
}
