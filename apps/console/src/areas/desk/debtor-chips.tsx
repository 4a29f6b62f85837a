import { useQuery } from '@tanstack/react-query';
import { Tag, Tooltip } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { debtorsReadOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { Debtor } from '../../api/generated/types.gen.ts';
import { QueryState } from '../../shared/state/query-state.tsx';

/** What is known of a debtor's identity: each number with its check, and what is to be confirmed. */
export function DebtorChips({ debtorId }: { readonly debtorId: string }): ReactElement {
  const query = useQuery({ ...debtorsReadOptions({ path: { debtorId } }), staleTime: 300_000 });
  return (
    <QueryState query={query} rows={1}>
      {(debtor) => <IdentityChips debtor={debtor} />}
    </QueryState>
  );
}

export function IdentityChips({
  debtor,
}: {
  readonly debtor: Pick<Debtor, 'ids' | 'warnings' | 'role'>;
}): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <span className="identity-chips">
      <Tag>{t(`role.${debtor.role}`)}</Tag>
      {debtor.ids.map(({ type, numberMasked, checksum }) => (
        <Tag key={`${type} ${numberMasked}`}>
          {t(`idType.${type}`)} <span className="identifier">{numberMasked}</span> · {t(`checksum.${checksum}`)}
        </Tag>
      ))}
      {debtor.warnings.map(({ code, pointer, detail }) => (
        <Tooltip key={`${code} ${pointer}`} title={detail} trigger={['hover', 'focus']}>
          <Tag tabIndex={0} className="desk-warning">
            {t(isKnown(code) ? `warning.${code}` : 'warning.other')}
          </Tag>
        </Tooltip>
      ))}
    </span>
  );
}

const known: readonly string[] = [
  'rare-character',
  'checksum-failed',
  'id15-only',
  'date-impossible',
  'case-number-form',
];
const isKnown = (code: string): boolean => known.includes(code);
