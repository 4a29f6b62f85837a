import { Menu, type MenuProps } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Me } from '../../api/generated/types.gen.ts';
import { mayIn } from '../../shared/api/use-me.ts';
import { areaRoutes, type NavGroup } from '../area.ts';

const groups: readonly NavGroup[] = ['work', 'ops', 'audit', 'settings'];

const entries = areaRoutes.flatMap(({ nav, ...route }) => (nav ? [{ ...route, ...nav }] : []));
const areas = [...new Set(entries.map(({ area }) => area))];

/** What this person may open, by group. */
export function SideMenu({ me }: { readonly me: Me }): ReactElement {
  const { t } = useTranslation(['shell', ...areas]);
  const { pathname } = useLocation();
  const open = entries.filter(({ scope }) => scope === null || mayIn(me, scope));
  const items: NonNullable<MenuProps['items']> = groups.flatMap((group) => {
    const mine = open.filter((entry) => entry.group === group).toSorted((one, other) => one.order - other.order);
    if (mine.length === 0) return [];
    const children = mine.map(({ path, area, word }) => ({
      key: `/${path}`,
      label: <Link to={`/${path}`}>{t(`${area}:nav.${word}`)}</Link>,
    }));
    return [{ type: 'group' as const, key: group, label: t(`shell:group.${group}`), children }];
  });
  const selected = open
    .map(({ path }) => `/${path}`)
    .filter((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .toSorted((one, other) => other.length - one.length)[0];
  return (
    <nav aria-label={t('shell:menu')}>
      <Menu mode="inline" items={items} selectedKeys={selected === undefined ? [] : [selected]} />
    </nav>
  );
}
