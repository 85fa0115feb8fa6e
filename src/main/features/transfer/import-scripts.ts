import { localize } from '#shared/domain/common.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { lintScript, type LintIssue } from '#shared/domain/scripts/lint.ts';
import type { ImportCounts } from '#shared/domain/transfer/job.ts';
import { problem, type RefusedRow } from '#shared/domain/transfer/problems.ts';
import { MOST_FINDINGS, MOST_SCRIPTS, type ScriptFormat, type ScriptPreview } from '#shared/domain/transfer/script-file.ts';
import type { KnowledgeRepository } from '#main/features/knowledge/index.ts';
import { UnreadableFileError } from './errors.ts';
import { turn, type ImportHooks, type ImportParts, type ImportTask } from './import-catalogue.ts';
import { createIndexChanges, type IndexChanges } from './index-changes.ts';
import { readScriptContent } from './readers/script-text.ts';
import { convertScriptFile, type FoundScript } from './script-converters/index.ts';

export type ScriptImportTask = Pick<ImportTask, 'job' | 'file' | 'source'> & {
  /** Ids of the scripts to take; the others of the file are left alone. */
  take: readonly string[];
};

type Usable = FoundScript & { findings: LintIssue[] };
type Judged = { format: ScriptFormat; usable: Usable[]; refused: RefusedRow[] };

/** Problems told of one script. */
const MOST_PROBLEMS = 20;
const MOST_REFUSED_SHOWN = 1_000;
/** How often progress is told and others have their turn, in scripts. */
const STEP = 20;

/**
 * Looks at a file of scripts: which can be taken, what the linter says of each, which are refused and why.
 * Throws UnreadableFileError when nobody could make scripts of it.
 */
export async function inspectScripts(repository: KnowledgeRepository, file: string, language: string): Promise<ScriptPreview> {
  const { format, usable, refused } = await judge(repository, file);
  return {
    format,
    scripts: usable.map(({ row, place, script, findings }) => ({
      id: script.id,
      row,
      place: place.slice(0, 400),
      title: localize(script.title, language),
      description: localize(script.description, language),
      steps: script.steps.length,
      here: hereOf(repository, script),
      findings: findings.slice(0, MOST_FINDINGS).map(({ code, params }) => ({ code, params })),
    })),
    refused: refused.slice(0, MOST_REFUSED_SHOWN),
    refusedCount: refused.length,
  };
}

function hereOf(repository: KnowledgeRepository, script: FoundScript['script']): 'new' | 'changed' | 'same' {
  const before = repository.json('script', script.id);
  if (before === undefined) return 'new';
  return before === JSON.stringify(script) ? 'same' : 'changed';
}

/**
 * Brings the chosen scripts of a file to the desk in one transaction: records and search index become visible
 * together, or not at all. Throws ImportCancelled, UnreadableFileError, or what SQLite throws.
 */
export async function importScripts(parts: ImportParts, task: ScriptImportTask, hooks: ImportHooks): Promise<ImportCounts> {
  const { db, repository } = parts;
  const { usable, refused } = await judge(repository, task.file);
  const take = new Set(task.take);
  const chosen = usable.filter(({ script }) => take.has(script.id));
  for (const row of refused) hooks.refused(row);
  db.exec('BEGIN IMMEDIATE');
  const changes = createIndexChanges(parts.index);
  try {
    const counts = await write(parts, task, chosen, hooks, changes);
    for (const _ of changes.finish()) await turn(hooks);
    db.exec('COMMIT');
    return { ...counts, rows: chosen.length + refused.length, refused: refused.length };
  } catch (cause) {
    changes.abort();
    if (db.inTransaction) db.exec('ROLLBACK');
    throw cause;
  }
}

async function write({ repository, now }: ImportParts, { source: name, job }: ScriptImportTask, chosen: readonly Usable[], hooks: ImportHooks, changes: IndexChanges): Promise<ImportCounts> {
  const source = repository.saveSource(name, job, now());
  const counts: ImportCounts = { rows: 0, added: 0, changed: 0, same: 0, refused: 0 };
  for (const { script } of chosen) {
    const line = { kind: 'script' as const, record: script };
    const outcome = repository.put(line, source);
    counts[outcome] += 1;
    if (outcome !== 'same') changes.put(line);
    counts.rows += 1;
    if (counts.rows % STEP !== 0) continue;
    hooks.progress(counts.rows, chosen.length, 'reading');
    await turn(hooks);
  }
  hooks.progress(counts.rows, chosen.length, 'indexing');
  await turn(hooks);
  return counts;
}

/**
 * Converts and lints. A script with an error would strand an agent in the middle of a call, so it is refused, and
 * with it what opens it as a sub-script and cannot do without.
 */
async function judge(repository: KnowledgeRepository, file: string): Promise<Judged> {
  const { content, broken } = await readScriptContent(file);
  const converted = convertScriptFile(content);
  if (converted.kind === 'unknown-format') throw new UnreadableFileError('not-scripts');
  if (converted.found.length > MOST_SCRIPTS) throw new UnreadableFileError('too-large');
  const here = repository.list('script');
  const refused = [...broken, ...converted.refused];
  let usable: Usable[] = converted.found.map((one) => ({ ...one, findings: [] }));
  for (;;) {
    const library = createScriptLibrary([...here, ...usable.map(({ script }) => script)]);
    const linted = usable.map((one): Usable => ({ ...one, findings: lintScript(one.script, library) }));
    usable = linted.filter(({ findings }) => findings.every(({ severity }) => severity !== 'error'));
    refused.push(...linted.filter((one) => !usable.includes(one)).map(refuse));
    if (usable.length === linted.length) return { format: converted.format, usable, refused: refused.toSorted((a, b) => a.row - b.row) };
  }
}

function refuse({ row, place, script, findings }: Usable): RefusedRow {
  const errors = findings.filter(({ severity }) => severity === 'error').slice(0, MOST_PROBLEMS);
  return { row, problems: errors.map(({ code, step, params }) => problem('script-lint', [place, step ?? ''].filter((part) => part !== '').join(' › '), script.id, { ...params, lint: code })) };
}
