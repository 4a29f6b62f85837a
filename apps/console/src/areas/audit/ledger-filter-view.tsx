import { Button, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actions, dayChoices, filterOf, type LedgerFilter } from './ledger-filter.ts';
import './audit.css';

interface LedgerFilterViewProps {
  readonly filter: LedgerFilter;
  readonly onChange: (filter: LedgerFilter) => void;
}

const every = 'every';
const none: LedgerFilter = { action: null, actor: null, caseId: null, days: null };

/** Which entries are listed: by act, officer, case and days. People are looked for by their own search, never here. */
export function LedgerFilterView({ filter, onChange }: LedgerFilterViewProps): ReactElement {
  const { t } = useTranslation('audit');
  return (
    <search className="panel ledger-filter" aria-label={t('filter.title')}>
      <Select
        aria-label={t('filter.action')}
        className="ledger-filter-action"
        showSearch
        virtual={false}
        value={filter.action ?? every}
        options={[
          { value: every, label: t('filter.everyAction') },
          ...actions.map((value) => ({ value, label: value })),
        ]}
        onChange={(value) => onChange({ ...filter, action: actions.find((each) => each === value) ?? null })}
      />
      <Select
        aria-label={t('filter.days')}
        className="ledger-filter-days"
        virtual={false}
        value={filter.days === null ? every : `${filter.days}`}
        options={[
          { value: every, label: t('filter.everyDay') },
          ...dayChoices.map((days) => ({ value: `${days}`, label: t('filter.lastDays', { count: days }) })),
        ]}
        onChange={(value) => onChange({ ...filter, days: dayChoices.find((each) => `${each}` === value) ?? null })}
      />
      <IdField name="officer" value={filter.actor} onChange={(actor) => onChange({ ...filter, actor })} />
      <IdField name="case" value={filter.caseId} onChange={(caseId) => onChange({ ...filter, caseId })} />
      <Button onClick={() => onChange(none)}>{t('filter.clear')}</Button>
    </search>
  );
}

interface IdFieldProps {
  readonly name: 'officer' | 'case';
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** What can be no id is refused here: it would stand in the address otherwise. */
function IdField({ name, value, onChange }: IdFieldProps): ReactElement {
  const { t } = useTranslation('audit');
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const read = (text: string) => {
    const { actor, caseId } = filterOf(new URLSearchParams({ [name]: text }));
    return name === 'officer' ? actor : caseId;
  };
  const text = typed ?? value ?? '';
  const isWrong = typed !== null && typed.trim() !== '' && read(typed.trim()) === null;
  const take = () => {
    if (typed === null || isWrong) return;
    onChange(typed.trim() === '' ? null : read(typed.trim()));
    setTyped(null);
  };
  return (
    <div>
      <label htmlFor={id}>{t(`filter.${name}`)}</label>
      <Input
        id={id}
        value={text}
        maxLength={70}
        autoComplete="off"
        aria-invalid={isWrong}
        aria-describedby={`${id}-why`}
        onChange={({ target }) => setTyped(target.value)}
        onPressEnter={take}
        onBlur={take}
      />
      <span id={`${id}-why`} className="when" role="status">
        {isWrong ? t(`filter.no-${name}`) : ''}
      </span>
    </div>
  );
}
