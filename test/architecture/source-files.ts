import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repository } from './small-tree.ts';

/** A TypeScript file with its path from the root of the repository. */
export type SourceFile = { readonly path: string; readonly tree: ts.SourceFile };

/** Whether a file belongs to the tests: specs, the conformance kit and everything below test/. */
export const isTest = (path: string): boolean =>
  /\.spec\.tsx?$/.test(path) || path.startsWith('test/') || path.startsWith('libs/adapter-kit/conformance/');

export const parseSource = (path: string, text: string): SourceFile => ({
  path,
  tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
});

/** Every TypeScript path of the repository, sorted. */
export const sourcePaths = (): string[] =>
  globSync('{apps,libs,test}/**/*.{ts,tsx}', {
    cwd: repository,
    exclude: ['apps/console/src/api/generated/**'],
  }).toSorted();

/** Every TypeScript file of the repository, parsed. */
export const readSources = (): SourceFile[] =>
  sourcePaths().map((path) => parseSource(path, readFileSync(join(repository, path), 'utf8')));

/** All nodes below `node` (and `node` itself) that `wanted` picks. */
export const findNodes = (node: ts.Node, wanted: (each: ts.Node) => boolean): ts.Node[] => {
  const found: ts.Node[] = [];
  const visit = (each: ts.Node): void => {
    if (wanted(each)) found.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return found;
};

/** `path:line` of a node, as editors understand it. */
export const placeOf = ({ path, tree }: SourceFile, node: ts.Node): string =>
  `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
