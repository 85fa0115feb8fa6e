import type { Finding } from '#shared/domain/authoring/findings.ts';
import { withValue, type Path } from '#shared/domain/authoring/values.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import { languageName } from '#renderer/messages/language-name.ts';
import type { MessageKey, T } from '#renderer/messages/messages.tsx';

/** A record while it is written: any JSON object. */
export type Unfinished = Readonly<Record<string, unknown>>;

/** What an editor may point at besides its own record. */
export type Known = {
  readonly scripts: readonly Script[];
  readonly titles: Readonly<Partial<Record<KnowledgeKind, readonly { id: string; title: string }[]>>>;
  /** Teams and queues this organisation is known to have, as suggestions. */
  readonly teams: readonly string[];
  readonly queues: readonly string[];
  /** Who marks something as verified. */
  readonly person: string;
  /** UTC ms. */
  readonly now: number;
  /** The address of a picture, undefined while it is fetched or when there is none. */
  readonly image?: (id: string) => string | undefined;
  /** Keeps a picture as a record of its own and tells its id; undefined where pictures cannot be added. */
  readonly addImage?: (image: NewImage) => Promise<string>;
};

export type NewImage = { type: 'image/png' | 'image/jpeg' | 'image/webp'; data: string; alt: string; width: number; height: number };

/** Every editor: shows `record`, tells every change. `group` names what is typed in, so that typing on is one step back. */
export type EditorProps = {
  readonly record: Unfinished;
  readonly onChange: (next: Unfinished, group?: string) => void;
  readonly findings: readonly Finding[];
  readonly known: Known;
};

/** A JSON pointer, as findings have it. */
export function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What is wrong at a path or inside it, as one sentence. */
export function errorAt(findings: readonly Finding[], path: Path, t: T): string | undefined {
  const pointer = pointerOf(path);
  const found = findings.find((finding) => finding.step === undefined && (finding.path === pointer || finding.path.startsWith(`${pointer}/`)) && finding.severity === 'error');
  return found === undefined ? undefined : findingText(found, t);
}

/** What is worth a look at exactly this path, and keeps nothing from review. */
export function warningAt(findings: readonly Finding[], path: Path, t: T): string | undefined {
  const pointer = pointerOf(path);
  const found = findings.filter((finding) => finding.severity === 'warning' && finding.step === undefined && finding.path === pointer);
  return found.length === 0 ? undefined : found.map((finding) => findingText(finding, t)).join(' ');
}

/** The sentence of a finding. `cueOf` names a step by its cue rather than its id. */
export function findingText(finding: Finding, t: T, cueOf: (step: string) => string = (step) => step): string {
  const { step, language } = finding.params;
  const params = { ...finding.params, ...(typeof step === 'string' ? { step: cueOf(step) } : {}), ...(typeof language === 'string' ? { language: languageName(language, document.documentElement.lang || 'en') } : {}) };
  return t(finding.code as MessageKey, params);
}

/** Changes one place of a record. */
export function setter({ record, onChange }: Pick<EditorProps, 'record' | 'onChange'>) {
  return (path: Path, next: unknown, typed = false): void => onChange(withValue(record, path, next), typed ? pointerOf(path) : undefined);
}
