import type { Source } from './types.ts';

/** The class of "none of these". */
export const NONE = 0;

/** `title` examples are made from a script itself and come and go with it. */
export type ExampleSource = Source | 'title';

/** One text and the script it was for, as the model keeps it. */
export type Example = {
  id: string;
  classIndex: number;
  /** Folded words, numbers masked. */
  text: string;
  weight: number;
  source: ExampleSource;
  /** Where it takes part in scoring, or -1 while it is only kept. */
  slot: number;
  /** How sure the desk was before it learned this: score of the best script. Absent for titles. */
  before?: number | undefined;
  /** Confidence it gave its first suggestion then, and whether that was right. */
  guess?: { confidence: number; right: boolean } | undefined;
};

/** Names of examples that come from a script's own record, not from a call. No other name starts with `@`. */
export const SHIPPED = '@';

/** Name of the example made from the title of a script. */
export function titleName(scriptId: string): string {
  return `${SHIPPED}title:${scriptId}`;
}

/** Name of the n-th example phrase shipped with a script. */
export function phraseName(scriptId: string, n: number): string {
  return `${SHIPPED}phrase:${n}:${scriptId}`;
}

export function isShipped(example: Example): boolean {
  return example.id.startsWith(SHIPPED);
}
