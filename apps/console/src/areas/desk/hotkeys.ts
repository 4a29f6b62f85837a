import { preferences } from '../../shared/preferences.ts';

const typing = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="dialog"]';

/** Whether a key alone means its shortcut now: never while somebody types, and never when shortcuts are switched off. */
export function isHotkey(event: KeyboardEvent, key: string): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return false;
  if (event.key.toLowerCase() !== key || !preferences().hotkeys) return false;
  return !(event.target instanceof Element && event.target.closest(typing) !== null);
}

/** Ctrl-K, and Cmd-K where that is the custom; also while somebody types. */
export const isSearchKey = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
