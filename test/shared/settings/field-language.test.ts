import { describe, expect, it } from 'vitest';
import { fieldLanguage } from '#shared/domain/field-language.ts';

describe('the language of date fields', () => {
  it.each([
    ['en', 'GB', 'en-GB'], ['en', 'IE', 'en-GB'], ['en', 'IN', 'en-GB'], ['en', 'US', 'en-US'], ['en', 'PH', 'en-US'], ['en-US', 'DE', 'en-US'], ['de', 'AT', 'de'], ['pt', 'BR', 'pt-BR'], ['pt', 'AO', 'pt-PT'], ['es', 'MX', 'es-419'], ['zh', 'TW', 'zh-TW'],
  ])('%s in %s: %s', (language, country, expected) => {
    expect(fieldLanguage(language, country)).toBe(expected);
  });

  it('is British English for a desk without settings and for rubbish in the file, which must reach no command line', () => {
    for (const rubbish of [undefined, 7, 'en --no-sandbox', '../x', '']) expect(fieldLanguage(rubbish, rubbish)).toBe('en-GB');
  });
});
