import type { Versions } from '#main/features/authoring/index.ts';
import { createPacer, packLines, readLine, textDigest, type Difference } from '#main/features/packs/index.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import { changeRecordSchema, parseChangeKey } from '#shared/domain/packs/change.ts';

/**
 * What has to change so that everything live in a knowledge base is as it was in a checked pack. A few ms at a time:
 * searches are answered by the same process.
 */
export async function* packDifferences(versions: Versions, kb: string, file: string): AsyncGenerator<Difference> {
  const pause = createPacer();
  const seen = new Set<string>();
  for await (const lines of packLines(file, 'pack')) {
    for (const line of lines) {
      const read = readLine(line, 0);
      if (!read.ok) throw new Error(`a checked pack could not be read: ${read.refusal.reason}`);
      const { subject, text } = read.signed;
      seen.add(subject);
      const named = parseChangeKey(subject);
      const now = named === undefined ? undefined : versions.signed(kb, named.kind, named.key);
      if (now?.digest !== textDigest(text)) {
        const change = changeRecordSchema.parse(JSON.parse(text));
        const ver = now?.ver ?? 0;
        if (change.op === 'delete') {
          if (now !== undefined && !now.deleted) yield { wanted: { remove: subject }, ver };
        } else if (named !== undefined) yield { wanted: { line: { kind: named.kind, record: change.body } as PackLine }, ver };
      }
      await pause();
    }
  }
  for (const { kind, key } of versions.live(kb)) {
    const subject = `${kind}/${key}`;
    if (seen.has(subject)) continue;
    // Before it was published the built-in record was in use: a removal would hide that one, too.
    const before = versions.builtIn(kind, key);
    yield { wanted: before === undefined ? { remove: subject } : { line: { kind, record: JSON.parse(before) as PackLine['record'] } as PackLine }, ver: versions.signed(kb, kind, key)?.ver ?? 0 };
    await pause();
  }
}
