import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../shared/screen.tsx';

/** An address that leads nowhere. */
export function GonePage(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <Screen title={t('gone.title')}>
      <p>{t('gone.help')}</p>
    </Screen>
  );
}
