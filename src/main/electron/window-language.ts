import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldLanguage } from '#shared/domain/field-language.ts';

/**
 * The language Chromium is started with. It decides how the fields of the system look that no page can set:
 * day before month in a date, 12 or 24 hours. Read from the desk's settings before anything else is up; a
 * change takes effect at the next start.
 */
export function windowLanguage(dataDir: string): string {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'));
    if (typeof settings !== 'object' || settings === null) return fieldLanguage(undefined, undefined);
    const { language, country } = settings as { language?: unknown; country?: unknown };
    return fieldLanguage(language, country);
  } catch {
    // no settings yet, or unreadable ones: whoever loads them says so
    return fieldLanguage(undefined, undefined);
  }
}
