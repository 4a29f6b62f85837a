/** One file in memory. */
export interface TreeFile {
  bytes: Buffer;
  changedAt: Date;
}

/** Files by absolute path. A folder is there when anything was ever made in it. */
export interface FileTree {
  makeFolder(path: string): void;
  hasFolder(path: string): boolean;
  names(folder: string): readonly string[];
  read(path: string): TreeFile | null;
  write(path: string, bytes: Buffer): void;
  remove(path: string): boolean;
  /** False: no such file, or another one has the name. */
  rename(from: string, to: string): boolean;
}

export function openFileTree(now: () => Date): FileTree {
  const files = new Map<string, TreeFile>();
  const folders = new Set<string>(['/']);
  return {
    makeFolder: (path) => {
      const steps = path.split('/').filter((step) => step !== '');
      for (const count of steps.keys()) folders.add(`/${steps.slice(0, count + 1).join('/')}`);
    },
    hasFolder: (path) => folders.has(path),
    names: (folder) => {
      const head = `${folder}/`;
      return [...files.keys()].flatMap((path) => {
        const name = path.startsWith(head) ? path.slice(head.length) : '/';
        return name.includes('/') ? [] : [name];
      });
    },
    read: (path) => files.get(path) ?? null,
    write: (path, bytes) => void files.set(path, { bytes, changedAt: now() }),
    remove: (path) => files.delete(path),
    rename: (from, to) => {
      const file = files.get(from);
      if (file === undefined || files.has(to)) return false;
      files.delete(from);
      files.set(to, file);
      return true;
    },
  };
}
