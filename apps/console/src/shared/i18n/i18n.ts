import i18next, { type BackendModule, type i18n, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, preferences } from '../preferences.ts';

type Bundle = Readonly<Record<string, unknown>>;

/** `areas/<area>/words/<language>.json` and `shared/<part>/words/…`: the namespace is the name of the folder. */
const files = {
  ...import.meta.glob<Bundle>('../../areas/*/words/*.json', { import: 'default' }),
  ...import.meta.glob<Bundle>('../*/words/*.json', { import: 'default' }),
  ...import.meta.glob<Bundle>('../../app/*/words/*.json', { import: 'default' }),
};

const loaders = new Map(
  Object.entries(files).map(([path, load]) => {
    const parts = path.split('/');
    return [`${parts.at(-1)?.replace('.json', '') ?? ''}/${parts.at(-3) ?? ''}`, load];
  }),
);

/** Words are loaded with the screen that says them. */
const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, callback) {
    void deliver(`${language}/${namespace}`, callback);
  },
};

async function deliver(name: string, callback: ReadCallback): Promise<void> {
  const load = loaders.get(name);
  if (load === undefined) return callback(new Error(`no words: ${name}`), false);
  try {
    callback(null, await load());
  } catch (error) {
    callback(error instanceof Error ? error : new Error('words'), false);
  }
}

export async function startWords(): Promise<i18n> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: preferences().language,
      fallbackLng: false,
      ns: ['shell', 'state', 'verdict'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
    });
  document.documentElement.lang = preferences().language;
  return i18next;
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
