import type { KnowledgeKind } from '../../src/shared/domain/knowledge.ts';

/** One mistake in the pack's sources, told so that an author finds the place. */
export type SourceProblem = {
  /** Path relative to the pack folder. */
  file: string;
  /** "line 12, column 5" or "row 7, column price"; absent when the whole file is meant. */
  place?: string;
  message: string;
};

/** A record as written by its author, before any schema has seen it. */
export type SourceRecord = {
  kind: KnowledgeKind;
  file: string;
  value: unknown;
  /** Says where in the file a path inside `value` was written. */
  placeOf: (path: readonly PropertyKey[]) => string;
};

export type SourceFile = { records: SourceRecord[]; problems: SourceProblem[] };

/** "prompts/angry.yaml: line 12, column 5: message" */
export function formatProblem(problem: SourceProblem): string {
  return [problem.file, problem.place, problem.message].filter((part) => part !== undefined).join(': ');
}
