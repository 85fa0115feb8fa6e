import { z } from 'zod';
import { isPictureOf, type ArticleImage } from '../article.ts';
import { isLocalKind, localTextsOf, type LocalKind } from '../in-language.ts';
import { KNOWLEDGE_SCHEMAS, type KnowledgeKind } from '../knowledge.ts';
import type { LintCode } from '../scripts/lint-messages.ts';
import { lintScript, type LintOptions } from '../scripts/lint.ts';
import type { ScriptLibrary } from '../scripts/library.ts';
import type { Script } from '../scripts/schema.ts';
import type { Unfinished } from './draft.ts';
import { languagesOf, textIn } from './local-text.ts';

export const FIELD_CODES = ['needed', 'too-long', 'too-short', 'too-big', 'too-small', 'too-many', 'too-few', 'wrong-form', 'not-a-choice', 'not-a-number', 'not-text', 'unknown-field', 'not-a-picture', 'one-right', 'not-translated', 'wrong'] as const;

/** One thing to put right. `path` is a JSON pointer into the record (empty for the whole of it). */
export const findingSchema = z.strictObject({
  path: z.string().max(400),
  severity: z.enum(['error', 'warning']),
  /** `field.needed` and so on, or a code of the script linter (`lint.deadEnd`): keys of the message catalogue. */
  code: z.string().max(60) as z.ZodType<`field.${(typeof FIELD_CODES)[number]}` | LintCode>,
  params: z.record(z.string().max(60), z.union([z.string().max(400), z.number()])),
  /** Where to jump to in a script. */
  step: z.string().max(60).optional(),
  answer: z.string().max(60).optional(),
  field: z.string().max(60).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Everything wrong with an unfinished record: its schema's complaints, and for scripts the linter's. Errors keep it from review. */
export function findingsOf(kind: KnowledgeKind, record: Unfinished, library?: ScriptLibrary, options?: LintOptions): Finding[] {
  const parsed = KNOWLEDGE_SCHEMAS[kind].safeParse(record);
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => fromIssue(issue, record));
  if (kind === 'image' && !isPictureOf(parsed.data as ArticleImage)) return [finding(['data'], 'not-a-picture', {}, record)];
  if (isLocalKind(kind)) return missingTranslations(kind, record);
  if (kind !== 'script') return [];
  return lintScript(parsed.data as Script, library, options).map((issue) => ({
    path: issue.step === null ? '' : `/steps/${Math.max(0, (parsed.data as Script).steps.findIndex((step) => step.id === issue.step))}`,
    severity: issue.severity,
    code: issue.code,
    params: { ...issue.params },
    ...(issue.step === null ? {} : { step: issue.step }),
    ...(issue.answer === undefined ? {} : { answer: issue.answer }),
    ...(issue.field === undefined ? {} : { field: issue.field }),
  }));
}

/** Words that lack a language which others of the same record have; told, and no error: agents see another language there. */
function missingTranslations(kind: LocalKind, record: Unfinished): Finding[] {
  const texts = localTextsOf(kind, record);
  const base = typeof record['language'] === 'string' ? record['language'] : 'en';
  const used = new Set([base, ...texts.flatMap(({ text }) => languagesOf(text))]);
  return texts.flatMap(({ path, text }) =>
    [...used].flatMap((language) => (textIn(text, language, base).trim() === '' ? [{ path: pointer(path), severity: 'warning' as const, code: 'field.not-translated' as const, params: { language } }] : [])),
  );
}

type Issue = z.core.$ZodIssue;

function fromIssue(issue: Issue, record: Unfinished): Finding[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => finding([...issue.path, key], 'unknown-field', {}, record));
  return [finding(issue.path, codeOf(issue), paramsOf(issue), record)];
}

function finding(path: readonly PropertyKey[], code: (typeof FIELD_CODES)[number], params: Finding['params'], record: Unfinished): Finding {
  const step = stepAt(path, record);
  return { path: pointer(path), severity: 'error', code: `field.${code}`, params, ...(step === undefined ? {} : { step }) };
}

/** The step a path leads into, by its id, so that a script editor can jump there. */
function stepAt(path: readonly PropertyKey[], record: Unfinished): string | undefined {
  if (path[0] !== 'steps' || typeof path[1] !== 'number' || !Array.isArray(record['steps'])) return undefined;
  const step = record['steps'][path[1]];
  const id = typeof step === 'object' && step !== null && !Array.isArray(step) ? step['id'] : undefined;
  return typeof id === 'string' ? id.slice(0, 60) : undefined;
}

function codeOf(issue: Issue): (typeof FIELD_CODES)[number] {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'needed';
      return issue.expected === 'number' || issue.expected === 'int' ? 'not-a-number' : issue.expected === 'string' ? 'not-text' : 'wrong';
    case 'too_big':
      return issue.origin === 'string' ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'too-big';
    case 'too_small':
      return issue.origin === 'string' ? (issue.minimum === 1 ? 'needed' : 'too-short') : issue.origin === 'array' ? (issue.minimum === 1 ? 'needed' : 'too-few') : 'too-small';
    case 'invalid_format':
      return 'wrong-form';
    case 'invalid_value':
      return issue.input === undefined ? 'needed' : 'not-a-choice';
    case 'custom':
      // A rule of our own names its sentence itself.
      return FIELD_CODES.find((code) => code === issue.params?.['finding']) ?? 'wrong';
    case 'invalid_union':
      return issue.input === undefined ? 'needed' : 'wrong';
    default:
      return 'wrong';
  }
}

function paramsOf(issue: Issue): Finding['params'] {
  if (issue.code === 'too_big') return { limit: Number(issue.maximum) };
  if (issue.code === 'too_small') return { limit: Number(issue.minimum) };
  return {};
}

/** RFC 6901. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('').slice(0, 400);
}
