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
    get: (name: string): { ver: number; digest: string; deleted: boolean; live?: boolean } | undefined => {
      const ref = base === undefined ? undefined : parseChangeKey(name);
      return ref === undefined || base === undefined ? undefined : rows.signed(base.source, ref.kind, ref.key);
    },
    liveKeys: function* (): Generator<string> {
      if (base === undefined) return;
      // What came by itself may be newer than any release.
      for (const { kind, key, deleted, live } of rows.keys(base.source)) if (!deleted && !live) yield `${kind}/${key}`;
    },
  };
}

/** The same for mending: nothing stored is taken for granted, so every record of the newest release is checked and compared anew. */
export function mendingVersions(db: Database, kb: string) {
  const { epoch, liveKeys } = storedVersions(db, kb);
  return { release: undefined, epoch, policyDigest: undefined, get: () => undefined, liveKeys };
}
