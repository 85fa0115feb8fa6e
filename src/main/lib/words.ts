import { catalogues, en } from '#shared/messages/catalogue.ts';
import { createTranslator } from '#shared/messages/translator.ts';

/** The message catalogue in a language, for what the main process says by itself: titles of dialogs, names of files. */
export function wordsIn(tag: string): ReturnType<typeof createTranslator<keyof typeof en>> {
  return createTranslator(tag, catalogues[tag] ?? catalogues[tag.split('-')[0] ?? ''] ?? {}, en);
}
