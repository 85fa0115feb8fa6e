import type { MessageValue } from '../../messages/translator.ts';
import type { Problem, ProblemCode } from './problems.ts';

type Say = (key: `transfer.problem.${ProblemCode}`, values?: Readonly<Record<string, MessageValue>>) => string;

/** What is wrong with a row and what to do, in the words of the language in use. */
export function problemText(say: Say, problem: Problem): string {
  return say(`transfer.problem.${problem.code}`, { ...problem.values, column: problem.column, value: problem.value });
}
