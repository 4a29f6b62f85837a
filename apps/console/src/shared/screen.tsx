import { type ReactElement, type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

interface ScreenProps {
  readonly title: string;
  /** Title of the tab where it says more than the heading, such as 18/31. Never a name, a number of a person or a case. */
  readonly tabTitle?: string;
  /** Buttons beside the heading; at most one of them is primary. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A screen: one heading of the first rank, its acts, and what it shows. */
export function Screen({ title, tabTitle, actions, children }: ScreenProps): ReactElement {
  const { t } = useTranslation('shell');
  const tab = `${tabTitle ?? title} · ${t('product')}`;
  useEffect(() => void (document.title = tab), [tab]);
  return (
    <>
      <div className="screen-head">
        <h1>{title}</h1>
        {actions && <div className="screen-actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}
