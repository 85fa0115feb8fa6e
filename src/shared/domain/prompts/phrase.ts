/**
 * What makes two phrases the same to a listener: the words, not the case, the marks or the record they
 * come from; and a whole sentence said again inside another wording counts too.
 */

const SLOT = /\{\{[^}]*\}\}/g;

/** Lower case, letters and digits only, single spaces; slots become one mark. */
export function foldPhrase(text: string): string {
  return text.replaceAll(SLOT, ' \u25a1 ').toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/['’]/g, '').replaceAll(/[^\p{L}\p{N}\u25a1]+/gu, ' ').trim();
}

/** Sentences long enough to be noticed when they come a second time. */
const NOTICEABLE_WORDS = 4;

/** Keys of everything a listener would recognise: the wording, its filled form, its longer sentences. */
export function phraseKeys(texts: readonly string[]): string[] {
  const keys = new Set<string>();
  for (const text of texts) {
    keys.add(hashText(foldPhrase(text)));
    for (const sentence of sentencesOf(text)) {
      const folded = foldPhrase(sentence);
      if (folded.split(' ').length >= NOTICEABLE_WORDS) keys.add(hashText(folded));
    }
  }
  return [...keys];
}

function sentencesOf(text: string): string[] {
  return text.match(/[^.!?…]+[.!?…]*/g) ?? [];
}

/** 53-bit hash (two mixed 32-bit halves) in base 36: a key that does not carry the words themselves. */
export function hashText(text: string, seed = 0): string {
  return hashNumber(text, seed).toString(36);
}

export function hashNumber(text: string, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}
