import { useMutation } from '@tanstack/react-query';
import { Button, Input, Modal, Radio } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportsCreate } from '../../api/generated/sdk.gen.ts';
import type { NewExportInput } from '../../api/generated/types.gen.ts';
import { useIntent } from '../../shared/api/intent.ts';
import { usePreferences } from '../../shared/preferences.ts';
import { FailureNotice } from '../../shared/state/failure-notice.tsx';

interface ExportDialogProps {
  readonly reportId: string;
  /** Simulated answers leave the product only as a marked draft. */
  readonly simulated: boolean;
  readonly onClose: () => void;
}

const formats = ['pdf', 'xlsx', 'json'] as const;
const masks = ['standard', 'third-parties-only', 'none'] as const;

/** S09: in which form, how much masked, and why; what is made is in the ledger before it can be fetched. */
export function ExportDialog({ reportId, simulated, onClose }: ExportDialogProps): ReactElement {
  const { t } = useTranslation('report');
  const { language } = usePreferences();
  const [format, setFormat] = useState<(typeof formats)[number]>('pdf');
  const [mask, setMask] = useState<NewExportInput['mask']>('standard');
  const [reason, setReason] = useState('');
  const { key, renew } = useIntent();
  const id = useId();
  const make = useMutation({
    mutationFn: async () => {
      const body: NewExportInput = {
        source: { kind: 'report', id: reportId },
        ...{ format, mask, reason: reason.trim(), draft: simulated, locale: language },
      };
      return (await exportsCreate({ body, headers: { 'Idempotency-Key': key() }, throwOnError: true })).data;
    },
    onSettled: renew,
  });
  const change = (act: () => void) => {
    make.reset();
    act();
  };
  return (
    <Modal
      open
      title={t('export.title')}
      okText={t('export.make')}
      cancelText={t('export.close')}
      confirmLoading={make.isPending}
      okButtonProps={{ disabled: reason.trim() === '' || make.data !== undefined }}
      onCancel={onClose}
      onOk={() => make.mutate()}
    >
      <Choice
        label={t('export.format')}
        value={format}
        onChange={(value) => change(() => setFormat(value))}
        options={formats.map((value) => ({ value, label: t(`export.formats.${value}`) }))}
      />
      <Choice
        label={t('export.mask')}
        value={mask}
        onChange={(value) => change(() => setMask(value))}
        options={masks.map((value) => ({ value, label: t(`export.masks.${value}`) }))}
      />
      <label htmlFor={id}>{t('export.reason')}</label>
      <Input id={id} value={reason} maxLength={500} onChange={({ target }) => change(() => setReason(target.value))} />
      {simulated && <p className="when">{t('export.draft')}</p>}
      {make.error !== null && <FailureNotice error={make.error} />}
      {make.data && (
        <p role="status">
          {t('export.ready')}{' '}
          <Button type="primary" href={`/api/v1/exports/${make.data.exportId}/content`} download>
            {t('export.fetch', { format: t(`export.formats.${make.data.format}`) })}
          </Button>
        </p>
      )}
    </Modal>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>): ReactElement {
  return (
    <fieldset className="export-choice">
      <legend>{label}</legend>
      <Radio.Group
        value={value}
        options={options}
        onChange={({ target }) => onChange(options.find((each) => each.value === target.value)?.value ?? value)}
      />
    </fieldset>
  );
}
