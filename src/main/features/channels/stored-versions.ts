import type { Database } from 'better-sqlite3';
import { parseChangeKey } from '#shared/domain/packs/change.ts';
import { createInstalledRepository } from './installed.repository.ts';

/** What this desk has of a knowledge base, as verification compares with it. */
export function storedVersions(db: Database, kb: string) {
  const rows = createInstalledRepository(db);
  const base = rows.base(kb);
  return {
    release: base?.release,
    epoch: base?.epoch,
    policyDigest: base?.policyDigest,
    get: (name: string): { ver: number; digest: string; deleted: boolean } | undefined => {
      const ref = base === undefined ? undefined : parseChangeKey(name);
      return ref === undefined || base === undefined ? undefined : rows.signed(base.source, ref.kind, ref.key);
    },
    liveKeys: function* (): Generator<string> {
      if (base === undefined) return;
      for (const { kind, key, deleted } of rows.keys(base.source)) if (!deleted) yield `${kind}/${key}`;
    },
  };
}
