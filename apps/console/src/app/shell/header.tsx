import { Button, Layout, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Me } from '../../api/generated/types.gen.ts';
import { csrfHeader } from '../../shared/api/client.ts';
import { changeLanguage } from '../../shared/i18n/i18n.ts';
import { changePreferences, type Preferences, usePreferences } from '../../shared/preferences.ts';
import { shellParts } from '../area.ts';

const scales: readonly Preferences['textScale'][] = [100, 125, 150];

export interface MenuState {
  /** The page is too narrow for it to stand beside. */
  readonly isFolded: boolean;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

interface HeaderProps {
  readonly me: Me | undefined;
  readonly menu: MenuState;
}

/** Product, what areas add, text size, language, and always who is signed in and for which court. */
export function Header({ me, menu }: HeaderProps): ReactElement {
  const { t } = useTranslation('shell');
  const { language, textScale } = usePreferences();
  const other = language === 'en' ? 'zh-CN' : 'en';
  const switchLanguage = () => {
    changePreferences({ language: other });
    void changeLanguage(other);
  };
  return (
    <Layout.Header className="shell-header">
      {menu.isFolded && (
        <Button size="small" aria-expanded={menu.isOpen} aria-controls="menu" onClick={menu.toggle}>
          {t('openMenu')}
        </Button>
      )}
      <Link className="shell-brand" to="/">
        {t('product')}
      </Link>
      <span className="shell-space" />
      {me && shellParts.map(({ header: Part }, at) => Part && <Part key={at} />)}
      <Select
        aria-label={t('textSize')}
        size="small"
        value={textScale}
        options={scales.map((value) => ({ value, label: `${value}%` }))}
        onChange={(value) => changePreferences({ textScale: value })}
      />
      <Button size="small" lang={other} onClick={switchLanguage}>
        {other === 'en' ? t('language.en') : t('language.zh')}
      </Button>
      {me && <span className="shell-person">{t('person', { name: me.name, court: me.courtName })}</span>}
      {me?.session && <SignOut />}
    </Layout.Header>
  );
}

/** A plain form: the session ends here and at the provider. */
function SignOut(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <form method="post" action="/auth/sign-out">
      <input type="hidden" name="csrfToken" value={csrfHeader()['X-CSRF-Token'] ?? ''} />
      <Button size="small" htmlType="submit">
        {t('signOut')}
      </Button>
    </form>
  );
}
