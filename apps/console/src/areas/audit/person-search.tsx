import { Button, Input, Radio } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditSearchInput } from '../../api/generated/types.gen.ts';

export type Sought = AuditSearchInput;

const kinds = ['citizen-id', 'uscc', 'user'] as const;
type Kind = (typeof kinds)[number];

const soughtOf = (kind: Kind, value: string): Sought =>
  kind === 'user' ? { userId: value } : { identifier: { type: kind, number: value } };

/** What is typed goes in the body of one request: into no address, no title and no storage. */
export function PersonSearch({ onSearch }: { readonly onSearch: (sought: Sought) => void }): ReactElement {
  const { t } = useTranslation('audit');
  const [kind, setKind] = useState<Kind>('citizen-id');
  const [typed, setTyped] = useState('');
  const id = useId();
  return (
    <form
      className="panel"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') onSearch(soughtOf(kind, typed.trim()));
      }}
    >
      <h2>{t('person.title')}</h2>
      <Radio.Group
        aria-label={t('person.kind')}
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`person.kinds.${value}`) }))}
        onChange={({ target }) => setKind(kinds.find((each) => each === target.value) ?? kind)}
      />
      <p>
        <label htmlFor={id}>{t('person.number')}</label>
        <Input id={id} value={typed} maxLength={60} onChange={({ target }) => setTyped(target.value)} />
      </p>
      <Button htmlType="submit" disabled={typed.trim() === ''}>
        {t('person.search')}
      </Button>
    </form>
  );
}
