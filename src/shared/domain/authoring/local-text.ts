import type { LocalText } from '../common.ts';

/** What a text says in exactly this language; `base` is the language of a plain string. No fallback. */
export function textIn(text: LocalText | undefined, language: string, base: string): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return language === base ? text : '';
  return Object.hasOwn(text, language) ? (text[language] ?? '') : '';
}

/**
 * The text with other words in one language. A text in its base language alone stays a plain string; a language
 * without words is left out. Undefined when no words are left at all.
 */
export function withText(text: LocalText | undefined, language: string, base: string, words: string): LocalText | undefined {
  if (text === undefined || typeof text === 'string') {
    if (language === base) return words === '' ? undefined : words;
    if (words === '') return text;
    return text === undefined || text === '' ? { [language]: words } : { [base]: text, [language]: words };
  }
  const { [language]: _before, ...rest } = text;
  const all = words === '' ? rest : { ...rest, [language]: words };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Languages in which a text has words. */
export function languagesOf(text: LocalText | undefined): string[] {
  return text === undefined || typeof text === 'string' ? [] : Object.keys(text).filter((language) => (text[language] ?? '') !== '');
}
