import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { KnowledgeKind } from '../../src/shared/domain/knowledge.ts';
import type { SourceFile, SourceProblem, SourceRecord } from './source.ts';

/** A YAML document with the line and column of everything in it. */
type LocatedYaml = { value: unknown; placeOf: (path: readonly PropertyKey[]) => string; problems: SourceProblem[] };

/**
 * Reads one YAML file of records of one kind. Three shapes are known: a list of records, one record,
 * and `{ defaults, records }` where every record starts from the defaults.
 */
export function readYamlRecords(kind: KnowledgeKind, file: string, text: string): SourceFile {
  const { value, placeOf, problems } = locateYaml(file, text);
  if (problems.length > 0) return { records: [], problems };
  const record = (own: unknown, prefix: readonly PropertyKey[]): SourceRecord => ({
    kind,
    file,
    value: own,
    placeOf: (path) => placeOf([...prefix, ...path]),
  });
  if (Array.isArray(value)) return { records: value.map((own: unknown, at) => record(own, [at])), problems };
  if (!isObject(value)) return { records: [], problems: [{ file, message: 'expected a record or a list of records' }] };
  if (!('records' in value)) return { records: [record(value, [])], problems };
  return withDefaults(file, value, placeOf, record);
}

function withDefaults(
  file: string,
  value: Record<string, unknown>,
  placeOf: LocatedYaml['placeOf'],
  record: (own: unknown, prefix: readonly PropertyKey[]) => SourceRecord,
): SourceFile {
  const defaults = value['defaults'] ?? {};
  const list = value['records'];
  const strange = Object.keys(value).filter((key) => key !== 'defaults' && key !== 'records');
  const problems = strange.map((key) => ({ file, place: placeOf([key]), message: `unknown key "${key}" beside "records"` }));
  if (!Array.isArray(list) || !isObject(defaults)) {
    problems.push({ file, place: placeOf(['records']), message: '"records" must be a list and "defaults" a mapping' });
    return { records: [], problems };
  }
  const records = list.map((own: unknown, at) => record(isObject(own) ? { ...defaults, ...own } : own, ['records', at]));
  return { records, problems };
}

/** Parses YAML; `lineOffset` is added to every line, for YAML that starts further down in a file. */
export function locateYaml(file: string, text: string, lineOffset = 0): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line + lineOffset}, column ${col}`;
  };
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    file,
    place: place(error.pos[0]),
    message: error.message.split('\n')[0] ?? error.message,
  }));
  return {
    value: problems.length > 0 ? undefined : (document.toJS() as unknown),
    placeOf: (path) => place(offsetOf(document, path)),
    problems,
  };
}

/** The start of the deepest node on `path` that exists: a missing key is told at its parent. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  const root = document.contents;
  return isMap(root) || isNode(root) ? (root.range?.[0] ?? 0) : 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
