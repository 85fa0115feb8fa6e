import type { PackLine } from '#shared/domain/knowledge.ts';
import type { KnowledgeRepository } from './knowledge.repository.ts';
import { LOCAL_SOURCE, type Deciding, type Layers, type Ref, type Saying } from './layers.ts';
import type { Changes } from './starter-pack.ts';

export type LocalLayer = ReturnType<typeof createLocalLayer>;

/**
 * What this desk changed for itself, on top of every signed record and below nothing. The changes are kept in the
 * drafts' file, which is never made anew; here they are put on top of what lies in knowledge.db.
 */
export function createLocalLayer({ repository, layers, index, now }: { repository: KnowledgeRepository; layers: Layers; index: (changes: Changes) => void; now: () => number }) {
  const source = (): number => repository.source(LOCAL_SOURCE)?.id ?? repository.saveSource(LOCAL_SOURCE, '', now());

  const tell = ({ kind, key }: Ref, { before, after }: Deciding): void => {
    if (before === after) return;
    index(after === undefined ? { put: [], remove: [{ kind, key }] } : { put: [{ kind, record: JSON.parse(after) } as PackLine], remove: [] });
  };
  const say = (ref: Ref, json: string | null | undefined): boolean =>
    repository.transaction(() => {
      layers.mark(source(), ref, json === null);
      const deciding = layers.say(source(), ref, json);
      tell(ref, deciding);
      return deciding.before !== deciding.after;
    });
  const signed = (ref: Ref): Saying | undefined => layers.sayings(ref).find(({ name }) => name !== LOCAL_SOURCE);

  return {
    put: (ref: Ref, json: string): boolean => say(ref, json),
    /** Shows no record of that key here, whoever publishes one. */
    hide: (ref: Ref): boolean => say(ref, null),
    drop: (ref: Ref): boolean => say(ref, undefined),
    /** What everybody else has: the highest layer below this desk's own, and where it comes from; undefined when there is no record. */
    beneath: (ref: Ref): { json: string; source: number } | undefined => {
      const found = signed(ref);
      return found === undefined || found.json === null ? undefined : { json: found.json, source: found.source };
    },
    /** Makes the layer what the drafts' file says, after either of the two was made anew. Tells whether anything changed. */
    reconcile: (wanted: readonly (Ref & { /** Null: hidden. */ json: string | null })[]): boolean => {
      if (wanted.length === 0 && repository.source(LOCAL_SOURCE) === undefined) return false;
      const names = new Set(wanted.map(({ kind, key }) => `${kind} ${key}`));
      let changed = false;
      for (const ref of layers.keysOf(source())) if (!names.has(`${ref.kind} ${ref.key}`)) changed = say(ref, undefined) || changed;
      for (const { kind, key, json } of wanted) changed = say({ kind, key }, json) || changed;
      return changed;
    },
  };
}
