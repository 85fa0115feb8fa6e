import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { catalogues, en, type MessageKey } from '#shared/messages/catalogue.ts';
import { createTranslator, type Translate } from '#shared/messages/translator.ts';

export type { MessageKey } from '#shared/messages/catalogue.ts';
export type T = Translate<MessageKey>;

type Messages = { t: T; language: string };

const MessagesContext = createContext<Messages>({ t: createTranslator('en', en, en), language: 'en' });

/** Gives every component below the words of one language. */
export function MessagesProvider({ language, children }: { language: string; children: ReactNode }): ReactNode {
  const value = useMemo(() => {
    const own = catalogues[language] ?? catalogues[language.split('-')[0] ?? ''] ?? {};
    return { t: createTranslator(language, own, en), language };
  }, [language]);
  return <MessagesContext value={value}>{children}</MessagesContext>;
}

/** `t('call.hold')`, `t('trail.more', { count })`: the words of the language in use. */
export function useT(): T {
  return useContext(MessagesContext).t;
}

/** The BCP 47 tag in use, for dates, numbers and script texts. */
export function useLanguage(): string {
  return useContext(MessagesContext).language;
}
