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

/** Whether the example comes from the script's own record and not from a call. */
export function isShipped(example: Example): boolean {
  return example.source === 'title' || example.id.startsWith('pack:');
}
