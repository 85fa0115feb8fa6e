import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { KNOWLEDGE_SCHEMAS, recordKey, type KnowledgeKind, type PackLine } from '#shared/domain/knowledge.ts';
import type { KnowledgeRepository } from './knowledge.repository.ts';
import type { Layers } from './layers.ts';

export type Changes = { put: PackLine[]; remove: { kind: KnowledgeKind; key: string }[] };

const SOURCE = 'starter';

/**
 * Brings the built-in knowledge to the state of the shipped file, in one transaction with `index`.
 * Does nothing when the file has not changed since. It is the lowest layer: what supervisors published
 * or an import brought wins over a built-in record of the same key, and a removed one stays away.
 */
export function installStarterPack(file: string, { repository, layers }: { repository: KnowledgeRepository; layers: Layers }, index: (changes: Changes) => void, now: number): boolean {
  const text = readFileSync(file, 'utf8');
  const digest = createHash('sha256').update(text).digest('hex');
  const before = repository.source(SOURCE);
  if (before?.digest === digest) return false;
  const lines = text.split('\n').flatMap((line, at) => (line === '' ? [] : [parseLine(line, at + 1)]));
  repository.transaction(() => {
    const old = before === undefined ? [] : layers.keysOf(before.id);
    const sourceId = repository.saveSource(SOURCE, digest, now);
    const kept = new Set<string>();
    const put: PackLine[] = [];
    for (const line of lines) {
      const name = `${line.kind} ${recordKey(line)}`;
      kept.add(name);
      const deciding = layers.say(sourceId, { kind: line.kind, key: recordKey(line) }, JSON.stringify(line.record));
      if (deciding.before !== deciding.after) put.push(line);
    }
    const remove = old.filter(({ kind, key }) => !kept.has(`${kind} ${key}`)).filter((ref) => {
      const { before: was, after } = layers.say(sourceId, ref, undefined);
      return was !== undefined && after === undefined;
    });
    index({ put, remove });
  });
  return true;
}

function parseLine(line: string, number: number): PackLine {
  const value = JSON.parse(line) as { kind?: unknown; record?: unknown };
  const kind = typeof value.kind === 'string' && Object.hasOwn(KNOWLEDGE_SCHEMAS, value.kind) ? (value.kind as KnowledgeKind) : undefined;
  if (kind === undefined) throw new Error(`Built-in knowledge, line ${number}: unknown kind`);
  return { kind, record: KNOWLEDGE_SCHEMAS[kind].parse(value.record) } as PackLine;
}
