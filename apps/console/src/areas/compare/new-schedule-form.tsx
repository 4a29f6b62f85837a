import { Button, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateOf } from '../../shared/time.ts';
import { RefusalNotice } from './refusal-notice.tsx';

export interface ScheduleDraft {
  readonly startsOn: string;
  readonly intervalMonths: (typeof intervals)[number];
  readonly years: number;
  readonly reason: string;
}

interface NewScheduleFormProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onMake: (draft: ScheduleDraft) => void;
}

const usualDays = 182; // half a year from now, to be changed
const dayMs = 86_400_000;
const intervals = [3, 6, 12] as const;
const lengths = [1, 2, 3, 4, 5] as const;

/** Every six months for five years, as the rules have it (法〔2016〕373号 art. 9), unless somebody chooses otherwise. */
export function NewScheduleForm({ busy, error, onMake }: NewScheduleFormProps): ReactElement {
  const { t } = useTranslation('compare');
  const id = useId();
  const [draft, setDraft] = useState<ScheduleDraft>({
    ...{ intervalMonths: 6, years: 5, reason: '' },
    startsOn: dateOf(Date.now() + usualDays * dayMs),
  });
  const change = (part: Partial<ScheduleDraft>) => setDraft({ ...draft, ...part });
  const isReady = draft.reason.trim() !== '' && draft.startsOn !== '';
  return (
    <form
      className="compare-form"
      onSubmit={(event) => {
        event.preventDefault();
        onMake({ ...draft, reason: draft.reason.trim() });
      }}
    >
      <label htmlFor={`${id}-day`}>{t('schedule.form.startsOn')}</label>
      <Input
        id={`${id}-day`}
        type="date"
        value={draft.startsOn}
        onChange={({ target }) => change({ startsOn: target.value })}
      />
      <label htmlFor={`${id}-every`}>{t('schedule.form.interval')}</label>
      <Select
        id={`${id}-every`}
        value={draft.intervalMonths}
        options={intervals.map((value) => ({ value, label: t(`schedule.interval.${value}`) }))}
        onChange={(intervalMonths) => change({ intervalMonths })}
      />
      <label htmlFor={`${id}-years`}>{t('schedule.form.years')}</label>
      <Select
        id={`${id}-years`}
        value={draft.years}
        options={lengths.map((value) => ({ value, label: t('schedule.form.year', { count: value }) }))}
        onChange={(years) => change({ years })}
      />
      <label htmlFor={`${id}-reason`}>{t('schedule.form.reason')}</label>
      <Input
        id={`${id}-reason`}
        value={draft.reason}
        maxLength={500}
        onChange={({ target }) => change({ reason: target.value })}
      />
      <p className="when">{t('schedule.form.hint')}</p>
      <RefusalNotice error={error} />
      <div>
        <Button htmlType="submit" loading={busy} disabled={!isReady}>
          {t('schedule.form.make')}
        </Button>
      </div>
    </form>
  );
}
