import { stem } from './stem.ts';

/**
 * Words that open almost any sentence to a call centre, whatever it is about. They count for less, not
 * for nothing: "how" and "why" tell a how-to from a complaint. Only English is listed; in other
 * languages the rarity weights of the scripts' own words do part of the work.
 */
const COMMON = `a an the i im ive id you your my me we our us it its is are was were be been am do does did can could
will would should may might to of in on at for from with by as and or but so if that this these those there here what
which who how why when where please help hi hello hey thanks thank need want like get got have has had just any some
tell know let about also then than too very really much up out go going make`;

/** The common words, as written. */
export const COMMON_WORDS: readonly string[] = COMMON.split(/\s+/u);

const COMMON_STEMS: ReadonlySet<string> = new Set(COMMON_WORDS.flatMap((word) => [word, stem(word)]));

/** Whether a word (or its stem) says little about what a call is about. */
export function isCommon(word: string): boolean {
  return COMMON_STEMS.has(word);
}
