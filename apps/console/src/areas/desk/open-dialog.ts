type Dialog = 'search' | 'help';

let open: Dialog | null = null;
const watchers = new Set<() => void>();

function set(next: Dialog | null): void {
  open = next;
  for (const watcher of watchers) watcher();
}

/** The dialog that lies over the page; what opens it and what shows it stand in different parts of the frame. */
export const openDialog = (dialog: Dialog): void => set(dialog);
export const closeDialogs = (): void => set(null);
export const openedDialog = (): Dialog | null => open;
export const watchDialogs = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
};
