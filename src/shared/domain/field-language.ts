/** English-speaking countries that write the month first (source: CLDR 48, short dates of en-*). */
const MONTH_FIRST: ReadonlySet<string> = new Set(['US', 'PH', 'PR', 'GU', 'VI', 'AS', 'MP', 'MH', 'UM', 'BI']);

/**
 * The language whose date and time fields fit a desk: Chromium knows few regions, so the ones it knows stand
 * for the others. Anything unreadable gives British English, as an untouched desk has it.
 */
export function fieldLanguage(language: unknown, country: unknown): string {
  const known = typeof language === 'string' && /^[a-z]{2,3}(?:-[A-Z]{2})?$/.test(language) ? language : 'en';
  const [primary = 'en', ownRegion] = known.split('-');
  const region = ownRegion ?? (typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : 'GB');
  switch (primary) {
    case 'en':
      return MONTH_FIRST.has(region) ? 'en-US' : 'en-GB';
    case 'pt':
      return region === 'BR' ? 'pt-BR' : 'pt-PT';
    case 'es':
      return region === 'ES' ? 'es' : 'es-419';
    case 'zh':
      return region === 'TW' || region === 'HK' || region === 'MO' ? 'zh-TW' : 'zh-CN';
    default:
      return primary;
  }
}
