/** What can be suggested: a script, and with the same engine a prompt or an article. */
export type Suggestible = {
  id: string;
  title: string;
  description?: string;
  steps?: readonly string[];
  /** Words callers use for it, written by its author or shipped with a pack. */
  examples?: readonly string[];
};

/**
 * Where an example comes from. `chosen`: the agent opened it unprompted. `accepted`: picked from the
 * suggestions, which says less because the suggestion itself led there. `wrap-up`: the call ended with
 * it. `correction`: the agent said what it should have been. `pack`: shipped example phrase.
 */
export const SOURCES = ['chosen', 'accepted', 'wrap-up', 'correction', 'pack'] as const;
export type Source = (typeof SOURCES)[number];

/**
 * Trust per source. An accepted suggestion counts least, so that a first guess cannot prove itself right;
 * a wrap-up less than a free choice, because some are wrong: with one in five wrong, trust 0.5 loses 3
 * points @3 and trust 0.8 nearly 4, and with none wrong it costs nothing @3 (docs/suggest.md).
 */
export const SOURCE_WEIGHT: Readonly<Record<Source, number>> = {
  chosen: 1,
  accepted: 0.3,
  'wrap-up': 0.5,
  correction: 1.5,
  pack: 1,
};

export type Suggestion = {
  id: string;
  /** Comparable within one answer only. */
  score: number;
  /** Estimated chance, 0 to 1, that this one is right. */
  confidence: number;
  /** The caller's words that speak most for it, strongest first, at most four. */
  because: string[];
};

export type Suggestions = {
  items: Suggestion[];
  /** True when nothing should be offered: too little said, or nothing like what the scripts are about. */
  none: boolean;
  /** How much speaks for the first item rather than for nothing; what `none` is decided by. */
  strength: number;
};

export type LearnOptions = {
  source?: Source;
  /** Overrides the weight of the source; above 0, at most 3. */
  weight?: number;
  /** Name to unlearn it by; made up when absent. A known name is unlearned first. */
  exampleId?: string;
};

/** One thing learned, as the model keeps it: folded words, numbers masked as 0. */
export type LearnedExample = { exampleId: string; id: string | null; text: string; weight: number; source: Source };
