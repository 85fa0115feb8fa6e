import type { SourceFile } from './source.ts';
import { locateYaml } from './read-yaml.ts';

const FENCE = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/;

/** Reads one article: YAML front matter between `---` lines, then the Markdown body. */
export function readArticle(file: string, text: string): SourceFile {
  const fence = FENCE.exec(text);
  if (!fence) return { records: [], problems: [{ file, place: 'line 1', message: 'expected front matter between --- lines' }] };
  const front = locateYaml(file, fence[1] ?? '', 1);
  if (front.problems.length > 0) return { records: [], problems: front.problems };
  if (typeof front.value !== 'object' || front.value === null || Array.isArray(front.value)) {
    return { records: [], problems: [{ file, place: 'line 2', message: 'front matter must be a mapping' }] };
  }
  const bodyLine = fence[0].split('\n').length;
  const value = { ...front.value, body: text.slice(fence[0].length).trim() };
  const placeOf = (path: readonly PropertyKey[]): string => (path[0] === 'body' ? `line ${bodyLine}` : front.placeOf(path));
  return { records: [{ kind: 'article', file, value, placeOf }], problems: [] };
}
