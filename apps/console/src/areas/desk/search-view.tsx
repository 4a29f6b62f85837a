import { Button, Input } from 'antd';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SearchView as Found } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';

interface SearchViewProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly onSearch: () => void;
  readonly isSearching: boolean;
  readonly found: Found | null;
  readonly failure: unknown;
  readonly onFollow: () => void;
}

const shortest = 2;

/** One field, what was found, and always where it was looked for. */
export function SearchView(props: SearchViewProps): ReactElement {
  const { typed, onType, onSearch, isSearching, found, failure, onFollow } = props;
  const { t } = useTranslation('desk');
  useEffect(() => document.getElementById('search-q')?.focus(), []);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim().length >= shortest) onSearch();
      }}
    >
      <div className="desk-field">
        <label htmlFor="search-q">{t('search.label')}</label>
        <Input
          id="search-q"
          value={typed}
          maxLength={100}
          autoComplete="off"
          onChange={({ target }) => onType(target.value)}
        />
        <p className="desk-field-hint">{t('search.hint')}</p>
      </div>
      <Button type="primary" htmlType="submit" loading={isSearching} disabled={typed.trim().length < shortest}>
        {t('search.go')}
      </Button>
      {failure !== null && <FailureNotice error={failure} />}
      <div role="status">{found !== null && failure === null && <Hits found={found} onFollow={onFollow} />}</div>
    </form>
  );
}

function Hits({ found, onFollow }: { readonly found: Found; readonly onFollow: () => void }): ReactElement {
  const { t } = useTranslation('desk');
  const { items, isCut, searched } = found;
  return (
    <>
      <p>{items.length === 0 ? t('search.none') : t('search.hits', { count: items.length })}</p>
      <ul className="search-hits">
        {items.map((hit) => (
          <li key={`${hit.caseId} ${hit.inquiryId ?? ''} ${hit.debtor?.debtorId ?? ''}`}>
            <Link
              to={hit.inquiryId === null ? `/cases/${hit.caseId}` : `/inquiries/${hit.inquiryId}`}
              onClick={onFollow}
            >
              <span className="identifier">{hit.caseNumber}</span>
            </Link>{' '}
            {hit.debtor !== null && `${hit.debtor.nameMasked} ${hit.debtor.idMasked} `}
            <span className="desk-quiet">{t(`search.by.${hit.by}`)}</span>
          </li>
        ))}
      </ul>
      {isCut && <p>{t('search.cut')}</p>}
      <p className="desk-quiet">{t('search.where')}</p>
      <ul className="desk-quiet">
        {searched.map(({ by, within, cases }) => (
          <li key={by}>
            {t(`search.by.${by}`)} · {t(`search.within.${within}`, { count: cases ?? 0 })}
          </li>
        ))}
      </ul>
    </>
  );
}
