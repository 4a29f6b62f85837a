import type { ApiDocument } from './api.ts';
import { boardRoutes, guardedOutside, openRoutes } from './outside.ts';
import type { LiveRoute } from './place.ts';

const isOpen = (name: string): boolean =>
  Object.keys(openRoutes).some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));

/** Routes of the router that nothing here tries, and operations that the router does not have. */
export function routeFaults(routes: readonly LiveRoute[], document: ApiDocument): readonly string[] {
  const documented = new Set(
    document.operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const outside = new Set(guardedOutside.map(({ method, path }) => `${method} ${path}`));
  const live = new Set(routes.map(({ method, url }) => `${method} ${url}`));
  const untried = [...live].filter(
    (name) =>
      !documented.has(name) && !outside.has(name) && !isOpen(name) && !name.split(' ')[1]?.startsWith(boardRoutes),
  );
  const unexplained = document.open.filter((name) => !(name in openRoutes));
  const missing = [...documented].filter((name) => !live.has(name));
  const needless = Object.keys(openRoutes).filter(
    (each) => ![...live].some((name) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each)),
  );
  return [
    ...untried.map(
      (name) =>
        `${name} is tried by nothing: declare it with @Operation, or name it in test/security/outside.ts with a reason`,
    ),
    ...missing.map((name) => `${name} stands in docs/openapi.json and has no route: npm run openapi`),
    ...unexplained.map((name) => `${name} is open to everybody: name it in test/security/outside.ts with a reason`),
    ...needless.map((name) => `${name} stands in test/security/outside.ts and has no route: take it out`),
  ];
}
