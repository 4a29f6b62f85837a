import { Button, Checkbox, Input } from 'antd';
import { type ReactElement, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditPack, NewAuditPackInput } from '../../api/generated/types.gen.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';
import { momentOf } from '../../shared/time.ts';
import { type PackRange, rangeOf } from './pack-range.ts';
import './audit.css';

interface PackViewProps {
  /** Where the fields begin: the entries of an anomaly, or the whole ledger. */
  readonly wanted: PackRange;
  readonly making: {
    readonly busy: boolean;
    readonly error: unknown;
    readonly start: (body: NewAuditPackInput) => void;
  };
  /** Null: none was made yet. */
  readonly pack: AuditPack | null;
  readonly fetching: {
    readonly busy: boolean;
    readonly error: unknown;
    readonly start: () => void;
    /** Of the bytes that came; undefined: none came yet, null: the browser cannot tell. */
    readonly hash: string | null | undefined;
  };
}

/** 证据包: a part of the ledger with all that proves it, handed out with a reason that is in the ledger itself. */
export function PackView({ wanted, making, pack, fetching }: PackViewProps): ReactElement {
  const { t } = useTranslation('audit');
  return (
    <section className="panel" aria-label={t('pack.title')}>
      <h2>{t('pack.title')}</h2>
      <p>{t('pack.lead')}</p>
      <PackForm key={`${wanted.from} ${wanted.to}`} wanted={wanted} making={making} />
      {making.error !== null && <FailureNotice error={making.error} />}
      {pack !== null && <Made pack={pack} fetching={fetching} />}
    </section>
  );
}

function PackForm({ wanted, making }: Pick<PackViewProps, 'wanted' | 'making'>): ReactElement {
  const { t } = useTranslation('audit');
  const [from, setFrom] = useState(`${wanted.from}`);
  const [to, setTo] = useState(wanted.to === null ? '' : `${wanted.to}`);
  const [reason, setReason] = useState('');
  const [withReasons, setWithReasons] = useState(false);
  const range = rangeOf(from, to);
  const wrong = 'wrong' in range ? range.wrong : null;
  const isReady = wrong === null && reason.trim() !== '';
  return (
    <form
      className="pack-fields"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!('wrong' in range) && isReady) making.start({ ...range, withReasons, reason: reason.trim() });
      }}
    >
      <Field label={t('pack.from')} value={from} onChange={setFrom} note={wrong === 'from' ? t('pack.noFrom') : null} />
      <Field
        label={t('pack.to')}
        value={to}
        onChange={setTo}
        note={wrong === 'to' ? t('pack.noTo') : t('pack.toHelp')}
      />
      <Field label={t('pack.reason')} value={reason} onChange={setReason} note={null} />
      <Checkbox checked={withReasons} onChange={({ target }) => setWithReasons(target.checked)}>
        {t('pack.withReasons')}
      </Checkbox>
      <div>
        <Button htmlType="submit" type="primary" disabled={!isReady} loading={making.busy}>
          {t('pack.make')}
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly note: ReactNode;
}

function Field({ label, value, onChange, note }: FieldProps): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <Input id={id} value={value} maxLength={500} onChange={({ target }) => onChange(target.value)} />
      {note !== null && <span className="when">{note}</span>}
    </div>
  );
}

function Made({ pack, fetching }: { readonly pack: AuditPack } & Pick<PackViewProps, 'fetching'>): ReactElement {
  const { t } = useTranslation('audit');
  const { packId, from, to, createdAt } = pack;
  return (
    <div role="status" data-pack={packId}>
      <p>{t('pack.made', { id: packId, from, to, at: momentOf(createdAt) })}</p>
      <Button loading={fetching.busy} onClick={fetching.start}>
        {t('pack.fetch')}
      </Button>
      {fetching.error !== null && <FailureNotice error={fetching.error} />}
      {fetching.hash !== undefined && (
        <p className="identifier" data-hash={fetching.hash ?? 'unknown'}>
          {fetching.hash === null ? t('pack.noHash') : t('pack.hash', { hash: fetching.hash })}
        </p>
      )}
      {fetching.hash !== undefined && <p className="when">{t('pack.check')}</p>}
    </div>
  );
}
