import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../shared/screen.tsx';

/** A screen that failed while it was drawn: says so, and that nothing was lost. Details stay out of the page. */
export function BrokenPage(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <Screen title={t('broken.title')}>
      <p role="alert">{t('broken.help')}</p>
    </Screen>
  );
}
