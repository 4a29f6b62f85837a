import type { ComponentType, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen as ScreenFrame } from '../../shared/screen.tsx';
import { useMay } from '../../shared/api/use-me.ts';

interface GuardedProps {
  readonly scope: string | null;
  readonly screen: ComponentType;
}

/** A screen for those who may see it; everybody else is told so. The gateway decides again on every request. */
export function Guarded({ scope, screen: Screen }: GuardedProps): ReactElement {
  const { t } = useTranslation('state');
  const may = useMay();
  if (scope === null || may(scope)) return <Screen />;
  return (
    <ScreenFrame title={t('forbidden.title')}>
      <p data-failure="forbidden">{t('forbidden.help')}</p>
    </ScreenFrame>
  );
}
