import { Modal, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { changePreferences, usePreferences } from '../../shared/preferences.ts';

const keys = ['search', 'ask', 'help', 'close'] as const;

/** What the keys do, and the switch that turns single keys off. */
export function HotkeyHelp({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation('desk');
  return (
    <Modal open title={t('help.title')} footer={null} onCancel={onClose}>
      <HotkeyList />
    </Modal>
  );
}

export function HotkeyList(): ReactElement {
  const { t } = useTranslation('desk');
  const { hotkeys } = usePreferences();
  return (
    <>
      <dl className="case-facts">
        {keys.map((each) => (
          <div key={each}>
            <dt>
              <kbd>{t(`help.key.${each}`)}</kbd>
            </dt>
            <dd>{t(`help.does.${each}`)}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Switch id="hotkeys" checked={hotkeys} onChange={(on) => changePreferences({ hotkeys: on })} />{' '}
        <label htmlFor="hotkeys">{t('help.switch')}</label>
      </p>
    </>
  );
}
