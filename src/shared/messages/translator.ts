import { IntlMessageFormat } from 'intl-messageformat';

/** A value put into a message. */
export type MessageValue = string | number | Date;

export type Translate<K extends string> = (key: K, values?: Readonly<Record<string, MessageValue>>) => string;

/**
 * A translator over ICU messages. Parsed messages are kept, so that a second use costs a map look-up.
 * A key missing in `messages` is taken from `fallback`: a half-translated language still shows words.
 */
export function createTranslator<K extends string>(language: string, messages: Partial<Record<K, string>>, fallback: Record<K, string>): Translate<K> {
  const parsed = new Map<K, IntlMessageFormat>();
  return (key, values) => {
    const text = messages[key] ?? fallback[key];
    if (values === undefined && !text.includes('{') && !text.includes("'")) return text;
    let message = parsed.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(text, language);
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
}
