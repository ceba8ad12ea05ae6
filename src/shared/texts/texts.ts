import { createInstance, type TFunction } from 'i18next';
import { english, type Catalogue } from './en/catalogue.ts';
import { languages, pseudoLanguage, type AnyLanguage } from './languages.ts';
import { disguiseAll } from './pseudo.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Catalogue;
  }
}

const namespaces = Object.keys(english) as (keyof Catalogue)[];

const catalogues: Readonly<Record<AnyLanguage, () => Promise<Catalogue>>> = {
  en: async () => english,
  de: async () => (await import('./de/catalogue.ts')).german,
  [pseudoLanguage]: async () => disguiseAll(english),
};

const instance = createInstance();
// Without a backend there is nothing to wait for: English is there as soon as this module is.
void instance.init({
  lng: languages[0],
  fallbackLng: languages[0],
  ns: namespaces,
  defaultNS: 'common',
  resources: { [languages[0]]: english },
  initAsync: false,
  // What is shown is a text node, a menu's label or a canvas: none of them takes markup.
  interpolation: { escapeValue: false },
  returnNull: false,
});

/**
 * A text in the language that is in force: `t('processes:columns.cpu')`, of the namespace `common` without a prefix. Keys
 * and placeholders are typed. Never called while a module loads, since the language comes later; the linter says so.
 */
export const t = ((key: string, placed?: object): string => {
  if (placed !== undefined) return lookUp(key, placed);
  let text = found.get(key);
  if (text === undefined) found.set(key, (text = lookUp(key)));
  return text;
}) as unknown as TFunction<readonly ['common', ...typeof namespaces]>;

const lookUp = instance.t as unknown as (key: string, placed?: object) => string;
/** Texts without placeholders, in the language that is in force: pages ask for a hundred of them each second. */
const found = new Map<string, string>();

/** The language that is in force. */
export function currentLanguage(): AnyLanguage {
  return instance.language as AnyLanguage;
}

/** Puts a language in force for this process; what was written already has to be written anew by whoever wrote it. */
export async function setLanguage(language: AnyLanguage): Promise<void> {
  if (!instance.hasResourceBundle(language, 'common')) {
    for (const [namespace, texts] of Object.entries(await catalogues[language]())) {
      instance.addResourceBundle(language, namespace, texts);
    }
  }
  await instance.changeLanguage(language);
  found.clear();
}
