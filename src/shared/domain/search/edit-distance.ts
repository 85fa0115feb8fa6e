/**
 * Optimal string alignment distance (insert, delete, substitute, swap neighbours), bit-parallel after
 * Hyyrö (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit distances".
 * A pattern is prepared once and compared with many words.
 */

/** Longest pattern: one bit per character, one bit spare for the carry. */
export const MAX_PATTERN = 30;

const PATTERN_BITS = new Int32Array(65_536);

/** Compares one prepared pattern with words given as code units. */
export type PatternMatcher = {
  /** Distance of the whole word, or of its best prefix when `asPrefix`; anything above `limit` may be returned as `limit + 1`. */
  distance(units: Uint16Array, start: number, end: number, limit: number, asPrefix: boolean): number;
  /** Must be called before another matcher is made: the bit table is shared. */
  release(): void;
};

/** Prepares `pattern` (at most {@link MAX_PATTERN} code units; longer ones are cut). */
export function preparePattern(pattern: string): PatternMatcher {
  const length = Math.min(pattern.length, MAX_PATTERN);
  for (let i = 0; i < length; i++) {
    const code = pattern.charCodeAt(i);
    PATTERN_BITS[code] = (PATTERN_BITS[code] ?? 0) | (1 << i);
  }
  const last = 1 << (length - 1);
  return {
    distance(units, start, end, limit, asPrefix) {
      let plus = -1;
      let minus = 0;
      let diagonal = 0;
      let previous = 0;
      let score = length;
      let best = length;
      for (let at = start; at < end; at++) {
        const match = PATTERN_BITS[units[at] ?? 0] ?? 0;
        const swapped = ((~diagonal & match) << 1) & previous;
        diagonal = (((match & plus) + plus) ^ plus) | match | minus | swapped;
        let up = minus | ~(diagonal | plus);
        let down = diagonal & plus;
        if (up & last) score++;
        else if (down & last) score--;
        if (score < best) best = score;
        up = (up << 1) | 1;
        down <<= 1;
        plus = down | ~(diagonal | up);
        minus = up & diagonal;
        previous = match;
        // The best still possible: every remaining character lowers the score by one.
        if (asPrefix ? at - start >= length + limit : score - (end - at - 1) > limit) break;
      }
      return asPrefix ? best : score;
    },
    release() {
      for (let i = 0; i < length; i++) PATTERN_BITS[pattern.charCodeAt(i)] = 0;
    },
  };
}

/** Distance of two words; for single comparisons. */
export function editDistance(a: string, b: string): number {
  const units = new Uint16Array(b.length);
  for (let i = 0; i < b.length; i++) units[i] = b.charCodeAt(i);
  if (a.length === 0) return b.length;
  const matcher = preparePattern(a);
  const result = matcher.distance(units, 0, b.length, a.length + b.length, false);
  matcher.release();
  return result;
}
