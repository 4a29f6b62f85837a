import './console.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { configureClient } from '../shared/api/client.ts';
import { startWords } from '../shared/i18n/i18n.ts';
import { Providers } from './providers.tsx';
import { makeRouter } from './router.tsx';

const signInPath = '/console/sign-in';

/** Back to the same place after signing in. */
function onSignedOut(): void {
  const { pathname, search } = window.location;
  if (pathname === signInPath) return;
  window.location.assign(`${signInPath}?return=${encodeURIComponent(pathname + search)}`);
}

/** Draws the console; everything it needs of the browser is there by now. */
export async function start(): Promise<void> {
  configureClient(onSignedOut);
  await startWords();
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={makeRouter()} />
      </Providers>
    </StrictMode>,
  );
}
