/**
 * Turns what an agent typed into a full-text query. Every word is quoted, so nothing they type is
 * taken for query language; the last word also matches as a beginning.
 */
export function toMatchQuery(text: string): string | undefined {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, 12) ?? [];
  if (words.length === 0) return undefined;
  return words.map((word) => `"${word}"*`).join(' ');
}

/** Scripts written without spaces: the word index cannot find inside their runs, a plain scan can. */
export function needsScan(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(text);
}

/** A LIKE pattern for text anywhere, with `\` as the escape. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
}
