import { Layout } from 'antd';
import { type ReactElement, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { setCsrfToken } from '../../shared/api/client.ts';
import { statusOf } from '../../shared/api/problem.ts';
import { useMe } from '../../shared/api/use-me.ts';
import { QueryState } from '../../shared/state/query-state.tsx';
import { shellParts } from '../area.ts';
import { profile } from '../place.ts';
import { Header, type MenuState } from './header.tsx';
import { SideMenu } from './side-menu.tsx';

/** The frame around every screen: who is here, in which environment, what there is. */
export function Shell(): ReactElement {
  const { t } = useTranslation('shell');
  const me = useMe();
  useSignedOutLeaves(me.error);
  useEffect(() => setCsrfToken(me.data?.session?.csrfToken ?? null), [me.data]);
  if (me.data) setCsrfToken(me.data.session?.csrfToken ?? null); // before the first screen sends anything
  const kind = profile();
  const menu = useMenu();
  return (
    <Layout className="shell">
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <aside className={`ribbon ribbon-${kind}`} aria-label={t('environment')}>
        {t(`ribbon.${kind === 'production' || kind === 'test' ? kind : 'demo'}`)}
      </aside>
      <Header me={me.data} menu={menu} />
      <Layout>
        <Layout.Sider
          id="menu"
          className="shell-sider"
          width={208}
          breakpoint="lg"
          collapsedWidth={0}
          trigger={null}
          collapsed={menu.isFolded && !menu.isOpen}
          onBreakpoint={menu.fold}
        >
          {me.data && <SideMenu me={me.data} />}
        </Layout.Sider>
        <Layout.Content id="content" className="shell-content" tabIndex={-1}>
          <QueryState query={me}>{() => <Chosen />}</QueryState>
        </Layout.Content>
      </Layout>
      {me.data && shellParts.map(({ overlay: Overlay }, at) => Overlay && <Overlay key={at} />)}
    </Layout>
  );
}

/** On a narrow page the menu is folded away until it is asked for; choosing from it folds it again. */
function useMenu(): MenuState & { readonly fold: (isNarrow: boolean) => void } {
  const [isFolded, fold] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  return { isFolded, isOpen, fold, toggle: () => setOpen((before) => !before) };
}

function Chosen(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <Suspense fallback={<p role="status">{t('opening')}</p>}>
      <Outlet />
    </Suspense>
  );
}

/** Nobody is signed in: to the sign-in, and from there back here. */
function useSignedOutLeaves(error: unknown): void {
  const { pathname, search } = useLocation();
  const isSignedOut = statusOf(error) === 401;
  useEffect(() => {
    if (isSignedOut)
      window.location.assign(`/console/sign-in?return=${encodeURIComponent(`/console${pathname}${search}`)}`);
  }, [isSignedOut, pathname, search]);
}
