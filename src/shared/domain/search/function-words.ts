/**
 * Small words of the languages catalogues are written in. They are closed classes (articles, prepositions,
 * conjunctions), so lists of them say nothing about any trade.
 */
const list = (text: string): string[] => text.trim().split(/\s+/);

/**
 * Words that hold a query together and that a name may do without: "tea with lemon" asks for "Lemon tea" too.
 * Left out is what also means something by itself (`no`, `to` for terabytes, `os`), and what only the umlaut tells from another word (`fur`).
 */
export const FILLERS: ReadonlySet<string> = new Set(list(`
  a an the of and or with at by from for your my some
  le la les l un une du des de d au aux et ou avec pour dans sur
  der die das den dem ein eine einen einem einer und oder mit für fuer im auf aus von vom zum zur
  el los las una unos unas del y con para al
  lo gli uno di dello della dei degli delle alla alle ed per
  het een van met voor
  um uma do da das em
  och og med til till av af pa
  dla
`));

/** Words that say a thing lacks what comes next: "sans sucre", "no added sugar". */
export const LACKING: ReadonlySet<string> = new Set(list('without no not non sans ohne kein keine senza sin libre zonder geen sem uden utan bez без'));

/** Those of them after which the thing has been named: "no frost" is a property, "sans sucre" an afterthought. */
export const WITHOUT: ReadonlySet<string> = new Set(list('without sans ohne senza sin zonder sem uden utan bez без'));

/** Words that say so of what came before: "sugar free". */
export const FREE_OF: ReadonlySet<string> = new Set(list('free frei freie freier freies freien vrij vrije fri fritt'));

/** Endings that do the same within one word: `zuckerfrei`, `sugarless`. */
export const FREE_ENDINGS: readonly string[] = ['free', 'frei', 'freie', 'freier', 'freies', 'freien', 'vrij', 'vrije', 'fri', 'less', 'loos', 'los'];

/** Where such a word is taken apart, with what must be left. */
export const FREE_WORD = /^(.{3,}?)(?:free|frei(?:e[rsn]?)?|vrije?|less)$|^(?:non(.{3,})|un(.{3,})ed)$/u;
