import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../shared/screen.tsx';
import './sign-in.css';

interface SignInViewProps {
  /** A provider is configured. */
  readonly offered: boolean;
  /** Everything here is invented, and people are picked from a list. */
  readonly demo: boolean;
  /** The person was somewhere, and comes back there. */
  readonly ended: boolean;
  readonly href: string;
}

const roles = ['officer', 'approver', 'court-admin', 'ops', 'auditor', 'integrator'] as const;

/** One button, what it means to press it, and in the demonstration who can be met behind it. */
export function SignInView({ offered, demo, ended, href }: SignInViewProps): ReactElement {
  const { t } = useTranslation('account');
  return (
    <main className="sign-in">
      <Screen title={t('signIn.title')}>
        <p className="sign-in-lead">{t('signIn.lead')}</p>
        {ended && offered && <Alert type="info" showIcon title={t('signIn.ended')} />}
        {offered ? (
          <Button type="primary" size="large" href={href}>
            {t('signIn.button')}
          </Button>
        ) : (
          <Alert type="warning" showIcon title={t('signIn.none')} description={t('signIn.noneHelp')} />
        )}
        <p className="sign-in-notice">{t('signIn.notice')}</p>
        {demo && (
          <section aria-label={t('signIn.demo')}>
            <h2>{t('signIn.demo')}</h2>
            <dl className="sign-in-roles">
              {roles.map((role) => (
                <div key={role}>
                  <dt>{t(`role.${role}`)}</dt>
                  <dd>{t(`sees.${role}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </Screen>
    </main>
  );
}
