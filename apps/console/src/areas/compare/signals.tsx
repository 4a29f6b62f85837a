import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { signalWords } from '#inquiry';
import { useSide } from '../../shared/i18n/use-side.ts';
import { nameOfAsset } from '../report/asset-words.ts';
import { type Compared, evidenceOf } from './compared.ts';

/** Hints for a person, worded as questions, with what they rest on: apart from the assets, and never a colour on one. */
export function Signals({ compared }: { readonly compared: Compared }): ReactElement | null {
  const { t } = useTranslation('compare');
  const side = useSide();
  const { signals } = compared.changes;
  if (signals.length === 0) return null;
  return (
    <aside className="panel compare-signals" aria-label={t('signals.title')}>
      <h2>{t('signals.title')}</h2>
      <p className="when">{t('signals.hint')}</p>
      <ul>
        {signals.map(({ code, evidence }) => (
          <li key={`${code} ${evidence.join()}`} data-signal={code}>
            {side(signalWords[code])}
            <ul>
              {evidenceOf(compared, evidence).map((asset) => (
                <li key={asset.assetId}>
                  <span className="identifier">{nameOfAsset(asset)[0]}</span> {nameOfAsset(asset)[1]}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </aside>
  );
}
