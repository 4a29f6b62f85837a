import type { ComponentType } from 'react';

export type NavGroup = 'work' | 'ops' | 'audit' | 'settings';

/** A screen that an area brings along. */
export interface AreaRoute {
  readonly path: string; // below /console, without a leading slash; '' is the workbench
  /** Loaded when it is first visited. */
  readonly load: () => Promise<{ readonly Component: ComponentType }>;
  /** Scope without which the screen is neither in the menu nor opened; null: everybody who is signed in. */
  readonly scope: string | null;
  /** Its place in the menu; null: it is reached from another screen. */
  readonly nav: { readonly group: NavGroup; readonly order: number; readonly word: string } | null; // word: key in `nav` of the area's words
  /** Shown without the frame, and also to people who are not signed in. */
  readonly bare?: boolean;
}

/** What an area adds to the frame: things in the head of the page, and what lies over it (dialogs, hotkeys). */
export interface ShellParts {
  readonly header?: ComponentType;
  readonly overlay?: ComponentType;
}

interface RoutesFile {
  readonly routes: readonly AreaRoute[];
}

interface ShellFile {
  readonly shellParts: ShellParts;
}

const areaOf = (path: string): string => path.split('/').at(-2) ?? '';

const routeFiles = import.meta.glob<RoutesFile>('../areas/*/routes.ts', { eager: true });
const shellFiles = import.meta.glob<ShellFile>('../areas/*/shell.tsx', { eager: true });

/** Every screen of every area; an area is found by its folder. */
export const areaRoutes: readonly (AreaRoute & { readonly area: string })[] = Object.entries(routeFiles).flatMap(
  ([path, { routes }]) => routes.map((route) => ({ ...route, area: areaOf(path) })),
);

export const shellParts: readonly ShellParts[] = Object.values(shellFiles).map((file) => file.shellParts);
