import type { MessageValue } from '../../messages/translator.ts';
import { LINT_MESSAGES, type LintCode } from '../scripts/lint-messages.ts';
import type { Problem, ProblemCode } from './problems.ts';

type Say = (key: `transfer.problem.${ProblemCode}` | LintCode, values?: Readonly<Record<string, MessageValue>>) => string;

/** What is wrong with a row or a script and what to do, in the words of the language in use. */
export function problemText(say: Say, problem: Problem): string {
  const code = problem.values?.['lint'];
  if (problem.code === 'script-lint' && typeof code === 'string' && Object.hasOwn(LINT_MESSAGES, code)) return say(code as LintCode, problem.values);
  return say(`transfer.problem.${problem.code}`, { ...problem.values, column: problem.column, value: problem.value });
}
