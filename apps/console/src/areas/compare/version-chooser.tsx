import { Select } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DebtorVersion } from '#contracts';
import { dateOf, momentOf } from '../../shared/time.ts';
import type { PairChosen } from './pair.ts';

interface VersionChooserProps {
  readonly versions: readonly DebtorVersion[]; // newest first
  readonly pair: PairChosen | null;
  readonly onChoose: (pair: PairChosen) => void;
}

/** The timeline of all versions about the debtor, and which two of them are compared. */
export function VersionChooser({ versions, pair, onChoose }: VersionChooserProps): ReactElement {
  const { t } = useTranslation('compare');
  const place = (reportId: string | undefined) => versions.findIndex((each) => each.reportId === reportId);
  const words = (each: DebtorVersion) =>
    t('version.option', {
      date: momentOf(each.createdAt),
      version: each.reportVersion,
      answered: each.counts.answered,
      asked: each.counts.asked,
      purpose: t(`purpose.${each.purpose}`),
    });
  const options = versions.map((each) => ({ value: each.reportId, label: words(each) }));
  return (
    <section className="panel compare-chooser" aria-label={t('version.label')}>
      <ol className="compare-timeline">
        {versions.toReversed().map((each) => (
          <li key={each.reportId} data-chosen={each.reportId === pair?.older || each.reportId === pair?.newer}>
            <Link to={`/reports/${each.reportId}`}>
              {t('version.point', { date: dateOf(each.createdAt), version: each.reportVersion })}
            </Link>
            <span className="when">
              {t('version.counts', { answered: each.counts.answered, asked: each.counts.asked })}
            </span>
          </li>
        ))}
      </ol>
      {versions.length > 1 && pair !== null && (
        <div className="compare-choice">
          <Choice
            label={t('version.older')}
            value={pair.older}
            options={options.filter((_, at) => at > place(pair.newer))}
            onChange={(older) => onChoose({ ...pair, older })}
          />
          <Choice
            label={t('version.newer')}
            value={pair.newer}
            options={options.filter((_, at) => at < place(pair.older))}
            onChange={(newer) => onChoose({ ...pair, newer })}
          />
        </div>
      )}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <Select id={id} value={value} options={options} onChange={onChange} popupMatchSelectWidth={false} />
    </div>
  );
}
