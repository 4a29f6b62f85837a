import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, with a slash at the end. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Files by path; the text of each. */
export type Files = Readonly<Record<string, string>>;

/** A repository in miniature, on which a checker is tried with the real settings. */
export type SmallTree = {
  readonly root: string;
  /** Runs a script of node_modules in the tree and returns what it prints; it may end with any exit code. */
  run(script: string, parameters: readonly string[]): string;
  remove(): void;
};

/** Writes `files` into a fresh folder, beside copies of the settings files `copied` of this repository. */
export const makeSmallTree = (files: Files, copied: readonly string[]): SmallTree => {
  const root = mkdtempSync(join(tmpdir(), `chakong-tree-${process.pid}-`));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const path of copied) copyFileSync(join(repository, path), join(root, path));
  return {
    root,
    run: (script, parameters) => {
      const file = join(repository, 'node_modules', script);
      const { stdout, stderr } = spawnSync(process.execPath, [file, ...parameters], { cwd: root, encoding: 'utf8' });
      return stdout === '' ? stderr : stdout;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

/** Lets the tree use the packages of this repository, for checkers that look at types. */
export const lendPackages = ({ root }: SmallTree): void => {
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir');
};
