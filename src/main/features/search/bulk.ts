import type { SearchDoc } from '#shared/domain/search/schema.ts';
import type { ChunkStore } from './chunk-store.ts';
import type { IndexState } from './index-state.ts';
import { repeatedIn, replacedBy } from './keys.ts';
import { openSegment, type Segment, warmSegment } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { writeSegment } from './segment-writer.ts';
import { PART, type SegmentMeta } from './tables.ts';

/** Terms per segment of a build: bounds its memory (4 bytes each, three times). */
const MOST_TERMS = 16_000_000;

/**
 * A build that answers nothing until it is committed: searches go on in the old segments. Work may
 * be cut anywhere; what a dead build leaves behind is swept later.
 */
export type BulkSession = {
  add(docs: readonly SearchDoc[]): void;
  /** Runs the build to its end in slices of some ten ms, then makes it visible in one write. */
  commitSteps(): Generator<void>;
  /** `commitSteps` at one go. */
  commit(): void;
  abort(): void;
};

export type BulkOptions = {
  /** The build replaces everything there was, as a rebuild does. */
  replaceAll?: boolean;
};

type BulkContext = { store: ChunkStore; state: IndexState; open: Set<number>; write: (work: () => void) => void };

type Written = { id: number; meta: SegmentMeta };

/** The result of steps taken at one go. */
function all<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

export function createBulkSession(context: BulkContext, options: BulkOptions): BulkSession {
  const { store, state, open, write } = context;
  const written: Written[] = [];
  let id = 0;
  let builder: SegmentBuilder | undefined;
  let ended = false;
  // What a rebuild replaces; what is written while it runs is newer than it.
  if (options.replaceAll === true) state.refresh();
  const before = new Set(state.segments().map((segment) => segment.meta.uid));

  const start = (): SegmentBuilder => {
    id = state.reserve();
    open.add(id);
    const target = id;
    return new SegmentBuilder((block, data) => store.write(target, PART.stored, block, data));
  };

  /** One slice of a generator inside one write; false at its end. */
  const slice = <T>(steps: Generator<void, T>, done: (value: T) => void): boolean => {
    let more = true;
    write(() => {
      const step = steps.next();
      if (step.done !== true) return;
      done(step.value);
      more = false;
    });
    return more;
  };

  function* seal(): Generator<void> {
    if (builder === undefined) return;
    const finished = builder;
    const target = id;
    builder = undefined;
    write(() => finished.flushStored());
    const steps = writeSegment(finished.draft, (part, chunk, data) => store.write(target, part, chunk, data));
    while (slice(steps, (meta) => written.push({ id: target, meta }))) yield;
  }

  /** Documents of `older` that any of the new segments replaces. */
  function* losses(older: Segment, newer: readonly Segment[], out: [Segment, number[]][]): Generator<void> {
    for (const segment of newer) out.push([older, yield* replacedBy(store, older, segment)]);
  }

  function* commitSteps(): Generator<void> {
    if (ended) throw new Error('this build has ended');
    ended = true;
    yield* seal();
    const fresh = written.map(({ id: number, meta }) => openSegment(store, number, meta, new Uint8Array(meta.docs)));
    const lost: [Segment, number[]][] = [];
    for (const [i, segment] of fresh.entries()) {
      lost.push([segment, repeatedIn(store, segment)]);
      yield* losses(segment, fresh.slice(i + 1), lost);
    }
    state.refresh();
    const old = state.segments();
    if (options.replaceAll !== true) for (const segment of old) yield* losses(segment, fresh, lost);
    // A rebuild runs where the searches are: whoever searches next finds the new index as ready as the old.
    if (options.replaceAll === true) for (const segment of fresh) yield* warmSegment(segment);
    write(() => flip(old, lost, fresh));
  }

  const flip = (expected: readonly Segment[], lost: readonly [Segment, readonly number[]][], fresh: readonly Segment[]): void => {
    state.refresh();
    const segments = state.segments();
    const known = new Map<number, Segment>(segments.map((segment) => [segment.id, segment]));
    const newer = options.replaceAll === true ? segments.filter((segment) => !before.has(segment.meta.uid)) : [];
    if (options.replaceAll === true) state.startAnew();
    for (const segment of newer) state.publish(segment.id, segment.meta, segment);
    for (const { id: number, meta } of written) {
      known.set(number, state.publish(number, meta, fresh.find((segment) => segment.id === number)));
      open.delete(number);
    }
    for (const [segment, docs] of lost) {
      const current = known.get(segment.id);
      if (current !== undefined) state.markGone(current, docs);
    }
    for (const segment of newer) {
      for (const { id: number } of written) {
        const mine = known.get(number);
        if (mine !== undefined) state.markGone(mine, all(replacedBy(store, mine, segment)));
      }
    }
    // Segments that appeared while the losses were counted: count for them now.
    const late = options.replaceAll === true ? [] : segments.filter((segment) => !expected.includes(segment));
    for (const segment of late) {
      for (const { id: number } of written) {
        const mine = known.get(number);
        if (mine === undefined) continue;
        state.markGone(segment, all(replacedBy(store, segment, mine)));
      }
    }
    state.stamp();
  };

  return {
    add(docs) {
      if (ended) throw new Error('this build has ended');
      write(() => {
        builder ??= start();
        for (const doc of docs) builder.add(doc);
      });
      if (builder !== undefined && builder.size > MOST_TERMS) for (const _ of seal()) continue;
    },
    commitSteps,
    commit() {
      for (const _ of commitSteps()) continue;
    },
    abort() {
      ended = true;
      builder = undefined;
      for (const number of [id, ...written.map((w) => w.id)]) open.delete(number);
    },
  };
}
