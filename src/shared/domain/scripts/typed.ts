/** Signs that only steer the direction of writing: they come along where a date or number of a right-to-left language is copied. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Digits of the Arabic and the Persian keyboard, as 0 to 9; their separators as the Latin ones. */
const OTHER_SIGNS = /[\u0660-\u0669\u06F0-\u06F9\u066B\u066C\u060C]/gu;
const SEPARATORS: Readonly<Record<string, string>> = { '\u066B': '.', '\u066C': ',', '\u060C': ',' };

/** Typed text without marks of direction and with the digits 0 to 9, so that every keyboard can write days, times and numbers. */
export function plainDigits(text: string): string {
  return text.replaceAll(DIRECTION, '').replaceAll(OTHER_SIGNS, (sign) => SEPARATORS[sign] ?? String((sign.codePointAt(0) ?? 0) & 0xf));
}
