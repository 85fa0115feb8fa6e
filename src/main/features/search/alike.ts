/**
 * A word as it is heard, all vowels one: what people write who have only heard it keeps this (`kwik` for "quick", `lettus` for
 * "lettuce", `sosage` for "sausage"). Finer than double metaphone, which forgets where vowels are, so it can be trusted for short words too.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  // Letters nobody hears.
  [/^[gkp]n/, 'n'], [/^wr/, 'r'], [/^ps/, 's'], [/^h(?=[aeiouy])/, ''], [/ough|igh(?=t)/g, 'o'], [/(?<=[^aeiouy])e$/, ''],
  // One sound, several spellings.
  [/ph/g, 'f'], [/sch|tch|sci(?=[aou])|sh|ch/g, '$'], [/ck/g, 'k'], [/qu?(?=[aeiouy])/g, 'kw'], [/q/g, 'k'], [/x/g, 'ks'], [/c(?=[eiy])/g, 's'], [/c/g, 'k'], [/z/g, 's'],
  [/dg(?=[eiy])/g, 'j'], [/gh/g, 'g'], [/g(?=[eiy])/g, 'j'], [/h/g, ''], [/(?<=[aeiouy])w(?![aeiouy])/g, ''],
  [/[aeiouy]+/g, 'a'], [/(.)\1+/g, '$1'],
];

/** The sound of a folded word as a key; words with the same key are heard alike. */
export function heard(word: string): string {
  let out = word;
  for (const [from, to] of RULES) out = out.replace(from, to === '$' ? '$$' : to);
  return out;
}
