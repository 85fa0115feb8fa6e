import type { ChunkStore } from './chunk-store.ts';
import type { IndexState } from './index-state.ts';
import { copySegment, NOT_COPIED } from './merge.ts';
import type { Segment } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { writeSegment } from './segment-writer.ts';
import { PART, type SegmentMeta } from './tables.ts';

/** Segments above which the small ones are joined: each costs every search a little. */
const FEW = 4;
/** Share of gone documents above which a segment is written anew. */
const WORN = 0.4;

export type MaintenanceContext = { store: ChunkStore; state: IndexState; building: Set<number>; write: (work: () => void) => void };

/** Segments worth joining now: the smallest beyond a few, and worn ones. */
function toJoin(segments: readonly Segment[]): Segment[] {
  const worn = segments.filter((segment) => segment.goneCount > segment.docs * WORN);
  if (segments.length <= FEW) return worn;
  const small = [...segments].sort((a, b) => a.docs - b.docs).slice(0, segments.length - FEW + 1);
  return [...new Set([...small, ...worn])];
}

/**
 * Idle work in steps of some ten ms, each in a write of its own: deletes retired segments, joins small
 * ones and writes worn ones anew. May be dropped at any step.
 */
export function* maintainIndex({ store, state, building, write }: MaintenanceContext): Generator<void> {
  const sweepAll = function* (): Generator<void> {
    for (let more = true; more; ) {
      write(() => {
        more = state.sweep(building);
      });
      yield;
    }
  };
  yield* sweepAll();
  state.refresh();
  const sources = toJoin(state.segments());
  if (sources.length === 0) return;
  let id = 0;
  write(() => {
    id = state.reserve();
  });
  building.add(id);
  try {
    yield* join({ store, state, building, write }, sources, id);
  } finally {
    building.delete(id);
  }
  yield* sweepAll();
}

function* join({ store, state, write }: MaintenanceContext, sources: readonly Segment[], id: number): Generator<void> {
  const builder = new SegmentBuilder((block, data) => store.write(id, PART.stored, block, data));
  const copies: Uint32Array[] = [];
  let meta: SegmentMeta | undefined;
  const steps = (function* (): Generator<void> {
    for (const segment of sources) copies.push(yield* copySegment(segment, builder));
    builder.flushStored();
    meta = yield* writeSegment(builder.draft, (part, chunk, data) => store.write(id, part, chunk, data));
  })();
  for (let more = true; more; ) {
    write(() => {
      more = steps.next().done !== true;
    });
    yield;
  }
  write(() => {
    state.refresh();
    const live = new Set(state.segments());
    // A change has rewritten one of the sources meanwhile: leave it at that, the next round tries again.
    if (meta === undefined || sources.some((segment) => !live.has(segment))) return;
    state.retire(sources.map((segment) => segment.id));
    if (meta.docs > 0) {
      const joined = state.publish(id, meta);
      sources.forEach((segment, i) => {
        const left = (copies[i] ?? new Uint32Array(0)).filter((copy, doc) => copy !== NOT_COPIED && segment.gone[doc] !== 0);
        state.markGone(joined, [...left]);
      });
    }
    state.stamp();
  });
}
