/**
 * Makes resources/starter-pack.ndjson, the knowledge a new desk starts with, from the sources in
 * resources/starter-pack. Does nothing when the file is newer than all of them; `--force` builds anyway.
 * Another folder and file may be named: `node scripts/build-pack.ts my-pack my-pack.ndjson`.
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { KNOWLEDGE_KINDS, KNOWLEDGE_SCHEMAS, type KnowledgeKind, type PackLine } from '../src/shared/domain/knowledge.ts';
import { crossReferenceProblems, type PlacedLine } from './starter-pack/cross-references.ts';
import { readArticle } from './starter-pack/read-article.ts';
import { readProducts } from './starter-pack/read-products.ts';
import { readYamlRecords } from './starter-pack/read-yaml.ts';
import { addTranslation, isTranslation } from './starter-pack/translate.ts';
import { formatProblem, type SourceFile, type SourceProblem, type SourceRecord } from './starter-pack/source.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Which file holds which kind; the first match wins. */
const YAML_KINDS: readonly (readonly [RegExp, KnowledgeKind])[] = [
  [/^scripts\/.+\.ya?ml$/, 'script'],
  [/^practice(\/.+)?\.ya?ml$/, 'practice-caller'],
  [/^(?:[a-z]{2}\/)?prompts\/.+\.ya?ml$/, 'prompt'],
  [/^frameworks\.ya?ml$/, 'framework'],
  [/^announcements\.ya?ml$/, 'announcement'],
  [/^dispositions\.ya?ml$/, 'disposition'],
  [/^not-ready-reasons\.ya?ml$/, 'not-ready-reason'],
  [/^break-ideas\.ya?ml$/, 'break-idea'],
  [/^synonyms\.ya?ml$/, 'synonyms'],
  [/^self-checks\.ya?ml$/, 'self-check'],
  [/^note-templates\.ya?ml$/, 'note-template'],
];

/** Thrown with every mistake of the pack at once, so that an author mends them in one go. */
export class StarterPackError extends Error {
  readonly problems: readonly SourceProblem[];
  constructor(problems: readonly SourceProblem[]) {
    super(`The starter pack has ${problems.length} problem(s):\n${problems.map((problem) => `  ${formatProblem(problem)}`).join('\n')}`);
    this.name = 'StarterPackError';
    this.problems = problems;
  }
}

/**
 * Reads, validates and cross-checks a starter-pack folder. Lines come by kind in the order of
 * `KNOWLEDGE_KINDS`, then by file path, then as written. Throws `StarterPackError`.
 */
export function readStarterPack(dir: string): PackLine[] {
  const problems: SourceProblem[] = [];
  const placed: PlacedLine[] = [];
  const records: SourceRecord[] = [];
  const files = filesIn(dir);
  const textOf = (file: string): string => readFileSync(path.join(dir, file), 'utf8');
  for (const file of files.filter((name) => !isTranslation(name))) {
    const source = readSource(file, textOf(file));
    problems.push(...source.problems);
    records.push(...source.records);
  }
  for (const file of files.filter(isTranslation)) problems.push(...addTranslation(file, textOf(file), records));
  for (const record of records) {
    const line = validate(record, problems);
    if (line) placed.push({ line, at: (where) => ({ file: record.file, place: record.placeOf(where) }) });
  }
  problems.sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file));
  // A file that could not be read would make every mention of its records look wrong.
  if (problems.length === 0) problems.push(...crossReferenceProblems(placed));
  if (problems.length > 0) throw new StarterPackError(problems);
  const order = (line: PackLine): number => KNOWLEDGE_KINDS.indexOf(line.kind);
  return placed.map(({ line }) => line).sort((a, b) => order(a) - order(b));
}

function readSource(file: string, text: string): SourceFile {
  if (/^products.*\.csv$/.test(file)) return readProducts(file, text);
  if (/^articles\/.+\.md$/.test(file)) return readArticle(file, text);
  const kind = YAML_KINDS.find(([pattern]) => pattern.test(file))?.[1];
  if (kind) return readYamlRecords(kind, file, text);
  return { records: [], problems: [{ file, message: 'no kind of knowledge is kept under this name' }] };
}

function validate(source: SourceRecord, problems: SourceProblem[]): PackLine | undefined {
  const result = KNOWLEDGE_SCHEMAS[source.kind].safeParse(source.value);
  if (result.success) return { kind: source.kind, record: result.data } as PackLine;
  for (const issue of result.error.issues) {
    const where = issue.path.map(String).join('.');
    problems.push({ file: source.file, place: source.placeOf(issue.path), message: where ? `${where}: ${issue.message}` : issue.message });
  }
  return undefined;
}

/** Relative paths with forward slashes, sorted by code unit, the same on every machine. */
function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && entry.name !== 'README.md')
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Newest change below `dir` in ms; folders count too, so that a removed file is noticed. */
function newestChange(dir: string): number {
  const below = readdirSync(dir, { recursive: true, withFileTypes: true });
  const times = below.map((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(statSync(dir).mtimeMs, ...times);
}

/** Builds `out` from `dir` unless it is newer than everything in `sources`. Throws `StarterPackError`. */
export function buildStarterPack(dir: string, out: string, sources: readonly string[], force = false): 'built' | 'fresh' {
  const built = statSync(out, { throwIfNoEntry: false })?.mtimeMs;
  if (!force && built !== undefined && sources.every((source) => newestChange(source) < built)) return 'fresh';
  const text = readStarterPack(dir).map((line) => `${JSON.stringify(line)}\n`).join('');
  // A half-written pack must never look like a whole one.
  const unfinished = `${out}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, out);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return 'built';
}

function main(args: readonly string[]): void {
  const [from, to] = args.filter((arg) => !arg.startsWith('--'));
  const dir = path.resolve(from ?? path.join(ROOT, 'resources/starter-pack'));
  const out = path.resolve(to ?? path.join(ROOT, 'resources/starter-pack.ndjson'));
  const sources = [dir, import.meta.dirname, path.join(ROOT, 'src/shared/domain')];
  try {
    const outcome = buildStarterPack(dir, out, sources, args.includes('--force'));
    console.log(outcome === 'fresh' ? 'Starter pack is up to date.' : `Starter pack built: ${countLines(out)} records.`);
  } catch (error) {
    if (!(error instanceof StarterPackError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function countLines(file: string): number {
  return readFileSync(file, 'utf8').split('\n').length - 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
