import type { AreaRoute } from '../../app/area.ts';

export const routes: readonly AreaRoute[] = [
  {
    path: 'sign-in',
    load: async () => ({ Component: (await import('./sign-in.tsx')).SignIn }),
    scope: null,
    nav: null,
    bare: true,
  },
];
