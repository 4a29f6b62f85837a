import { createBrowserRouter, type RouteObject } from 'react-router';
import { profile } from './place.ts';
import { areaRoutes } from './area.ts';
import { BrokenPage } from './shell/broken-page.tsx';
import { GonePage } from './shell/gone-page.tsx';
import { Guarded } from './shell/guarded.tsx';
import { Shell } from './shell/shell.tsx';

type Found = (typeof areaRoutes)[number];

const screenOf = ({ path, load, scope, bare }: Found): RouteObject => ({
  path,
  ErrorBoundary: BrokenPage,
  lazy: async () => {
    const { Component } = await load();
    return { element: bare ? <Component /> : <Guarded scope={scope} screen={Component} /> };
  },
});

const stories: RouteObject = {
  path: 'stories',
  ErrorBoundary: BrokenPage,
  lazy: async () => ({ Component: (await import('./stories-page.tsx')).StoriesPage }),
};

/** Screens with the frame around them, screens without, and what is neither. */
export const makeRouter = () =>
  createBrowserRouter(
    [
      ...areaRoutes.filter(({ bare }) => bare).map(screenOf),
      ...(profile() === 'production' ? [] : [stories]),
      {
        path: '/',
        Component: Shell,
        HydrateFallback: () => null,
        ErrorBoundary: BrokenPage,
        children: [...areaRoutes.filter(({ bare }) => !bare).map(screenOf), { path: '*', Component: GonePage }],
      },
    ],
    { basename: '/console' },
  );
