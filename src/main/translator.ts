import { catalogues, en, type MessageKey } from '#shared/messages/catalogue.ts';
import { createTranslator } from '#shared/messages/translator.ts';

/** The words of the desk's language, for what the main process says itself: tray, notifications. */
export function translatorFor(language: string): ReturnType<typeof createTranslator<MessageKey>> {
  return createTranslator<MessageKey>(language, catalogues[language] ?? catalogues[language.split('-')[0] ?? ''] ?? {}, en);
}
