import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answersRaw } from '../../api/generated/sdk.gen.ts';
import { useMay } from '../../shared/api/use-me.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { momentOf, whenOf } from '../../shared/time.ts';
import { nameOfAsset } from './asset-words.ts';
import { rawTextOf } from './raw-text.ts';
import type { Asset } from './shown-report.ts';

interface ProvenanceDrawerProps {
  readonly asset: Asset;
  readonly inquiryId: string;
  readonly onClose: () => void;
}

/** Where a figure comes from: agency, answer, time, the hash of the message, and with the right and a reason the message. */
export function ProvenanceDrawer({ asset, inquiryId, onClose }: ProvenanceDrawerProps): ReactElement {
  const { t } = useTranslation('report');
  const { provenance, match } = asset;
  const [name] = nameOfAsset(asset);
  const entries: readonly (readonly [string, string])[] = [
    ['agency', provenance.agencyId],
    ['answer', provenance.answerId],
    ['asOf', provenance.asOf === null ? t('notStated') : whenOf(provenance.asOf)],
    ['receivedAt', momentOf(provenance.receivedAt)],
    ['adapter', `${provenance.adapterId} ${provenance.adapterVersion}`],
    ['record', provenance.agencyRecordId ?? t('notProvided')],
    ['match', `${t(`confidence.${match.confidence}`)} (${match.basis.join(', ')})`],
    ['rawHash', provenance.rawHash],
    ['merged', `${provenance.mergedFrom.length}`],
  ];
  return (
    <Drawer open title={t('source.title', { name })} size={560} onClose={onClose}>
      <dl className="provenance">
        {entries.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`source.${key}`)}</dt>
            <dd className="identifier">{value}</dd>
          </div>
        ))}
      </dl>
      {provenance.conflicts.length > 0 && (
        <>
          <h3>{t('source.conflicts')}</h3>
          <ul>
            {provenance.conflicts.map(({ path, values }) => (
              <li key={path}>
                <span className="identifier">{path}</span>:{' '}
                {values.map(({ value }) => JSON.stringify(value)).join(' / ')}
              </li>
            ))}
          </ul>
        </>
      )}
      <RawMessages answerId={provenance.answerId} inquiryId={inquiryId} />
    </Drawer>
  );
}

/** The messages as they came; looking at them needs a right and a reason, and is in the ledger. */
function RawMessages({ answerId, inquiryId }: { readonly answerId: string; readonly inquiryId: string }): ReactElement {
  const { t } = useTranslation('report');
  const may = useMay();
  const [typed, setTyped] = useState('');
  const [purpose, setPurpose] = useState<string | null>(null);
  const id = useId();
  const raw = useQuery({
    queryKey: ['raw', answerId, inquiryId, purpose],
    enabled: purpose !== null,
    queryFn: async ({ signal }) =>
      (
        await answersRaw({
          path: { answerId },
          query: { inquiryId },
          headers: { 'X-Purpose': encodeURIComponent(purpose ?? '') },
          signal,
          throwOnError: true,
        })
      ).data,
  });
  if (!may('answers:raw')) return <p>{t('source.noRight')}</p>;
  if (purpose === null)
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') setPurpose(typed.trim());
        }}
      >
        <label htmlFor={id}>{t('source.purpose')}</label>
        <Input id={id} value={typed} maxLength={200} onChange={({ target }) => setTyped(target.value)} />
        <Button htmlType="submit" disabled={typed.trim() === ''}>
          {t('source.open')}
        </Button>
      </form>
    );
  return (
    <QueryState
      query={raw}
      rows={4}
      empty={{ when: ({ messages }) => messages.length === 0, show: <p>{t('source.noMessages')}</p> }}
    >
      {({ messages }) => (
        <>
          {messages.map(({ hash, base64 }) => {
            const { text, encoding } = rawTextOf(base64);
            return (
              <figure key={hash} className="raw">
                <figcaption>{t('source.message', { encoding, hash })}</figcaption>
                <pre tabIndex={0}>{text}</pre>
              </figure>
            );
          })}
        </>
      )}
    </QueryState>
  );
}
