import { useSyncExternalStore } from 'react';

export type Language = 'zh-CN' | 'en';

/** How somebody wants to read; kept in the browser. Nothing of a case is ever kept there (V-15). */
export interface Preferences {
  readonly language: Language;
  readonly textScale: 100 | 125 | 150; // percent
  readonly reducedMotion: boolean;
  readonly hotkeys: boolean;
}

const place = 'chakong.preferences';
const systemReducesMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function read(): Preferences {
  const kept = keptValues();
  return {
    language: kept.get('language') === 'en' ? 'en' : 'zh-CN',
    textScale: scaleOf(kept.get('textScale')),
    reducedMotion: kept.get('reducedMotion') === true || systemReducesMotion(),
    hotkeys: kept.get('hotkeys') !== false,
  };
}

const scaleOf = (value: unknown): Preferences['textScale'] => (value === 125 || value === 150 ? value : 100);

function keptValues(): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(place) ?? '{}');
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map(); // a browser without storage, or a text that is not ours: as on the first day
  }
}

let current: Preferences | null = null;
const listeners = new Set<() => void>();

export const preferences = (): Preferences => (current ??= read());

export function changePreferences(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change };
  keep(current);
  for (const listener of listeners) listener();
}

/** A browser that keeps nothing still shows what was chosen, until the page is left. */
function keep(chosen: Preferences): boolean {
  try {
    window.localStorage.setItem(place, JSON.stringify(chosen));
    return true;
  } catch {
    return false;
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences);
