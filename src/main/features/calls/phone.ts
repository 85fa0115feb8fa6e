import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

export type ReadNumber = {
  /** What to show: the number without wrapping, or absent when the caller hides it. */
  shown?: string;
  /** For matching a caller's earlier calls; absent for hidden, internal and unreadable numbers. */
  e164?: string;
};

/** What telephone systems put where a number should be when the caller hides it. */
const HIDDEN = /^(?:anonymous|anonym|unknown|withheld|private|restricted|unavailable|blocked|hidden|no ?caller ?id|n\/?a|none|asterisk|-+|\+?0*)$/iu;
const SCHEME = /^(?:sips?|tel|callto):/iu;

/** The user part of `"Ann" <sip:+49301234@host;user=phone>` and its simpler forms. */
function bare(raw: string): string {
  const inBrackets = /<([^>]*)>/u.exec(raw)?.[1] ?? raw;
  const address = inBrackets.trim().replace(SCHEME, '');
  const user = address.split(/[@;?]/u)[0] ?? '';
  try {
    return decodeURIComponent(user).trim();
  } catch {
    return user.trim();
  }
}

/**
 * Reads a number as telephony gives it. `country` (ISO 3166, for example `DE`) is where numbers
 * without a country code belong.
 */
export function readNumber(raw: string | undefined, country: string | undefined): ReadNumber {
  if (raw === undefined) return {};
  const text = bare(raw);
  if (text === '' || HIDDEN.test(text) || HIDDEN.test(raw.trim())) return {};
  const parsed = parsePhoneNumberFromString(text, country === undefined ? {} : { defaultCountry: country.toUpperCase() as CountryCode });
  // Extensions inside the house look like short national numbers: they are shown, never matched.
  const digits = text.replaceAll(/\D/gu, '');
  if (parsed === undefined || !parsed.isPossible() || digits.length < 7) return { shown: text };
  return { shown: text, e164: parsed.number };
}
