import { createPacer, openChange, openChangeSoon, readSignedChange, type OpenContext, type SignedThing } from '#main/features/packs/index.ts';
import type { SignedChange } from '#shared/domain/packs/change.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { LiveChange } from './change-source.ts';
import type { Judged } from './live-apply.ts';

/** Changes whose signatures are looked at together; from `ON_THREADS` on by the threads Node keeps for such work. */
const TOGETHER = 64;
const ON_THREADS = 16;

export type JudgeParts = {
  isStored: (signed: SignedChange) => boolean;
  /** What is needed to check signatures; undefined while nobody is trusted. */
  openWith: () => OpenContext | undefined;
  /** Asks for a newer policy when somebody unknown signed. True when there is another one now. */
  newerPolicy: (refusal: PackRefusal) => Promise<boolean>;
};

type Read = { name: string; bytes: Uint8Array; thing: SignedThing<{ signed: SignedChange }> };

/** Looks at the signatures of changes a channel brought; what is stored already is left out. Undefined while nobody is trusted. */
export async function judgeChanges(changes: readonly LiveChange[], { isStored, openWith, newerPolicy }: JudgeParts): Promise<Judged[] | undefined> {
  const pause = createPacer();
  const left: Read[] = [];
  for (const { name, bytes } of changes) {
    const thing = readSignedChange(name, bytes);
    // What is stored byte for byte was checked when it came.
    if (!thing.ok || !isStored(thing.signed)) left.push({ name, bytes, thing });
    await pause();
  }
  const out: Judged[] = [];
  let open = openWith();
  while (out.length < left.length) {
    if (open === undefined) return undefined;
    const part = left.slice(out.length, out.length + TOGETHER);
    for (const one of await openAll(part, open)) {
      // Under another policy this one and what comes after it are looked at anew.
      if (!one.ok && (await newerPolicy(one.refusal))) break;
      out.push(one);
    }
    open = openWith() ?? open;
    await pause();
  }
  return out;
}

function openAll(part: readonly Read[], open: OpenContext): Promise<Judged[]> {
  return Promise.all(part.map(async ({ name, bytes, thing }): Promise<Judged> => {
    if (!thing.ok) return { name, bytes, ...thing };
    const { signed } = thing;
    const opened = part.length < ON_THREADS ? openChange(signed, open) : await openChangeSoon(signed, open);
    return opened.ok ? { name, bytes, ok: true, change: opened.change, signed } : { name, bytes, ...opened };
  }));
}

/** Asks for the next while this one is worked on. */
export async function* oneAhead<T>(things: AsyncIterable<T>): AsyncGenerator<T> {
  const each = things[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const asked = each.next();
    // Whoever stops before it came does not hear of it.
    asked.catch(() => undefined);
    return asked;
  };
  for (let next = ask(); ; ) {
    const { value, done } = await next;
    if (done === true) return;
    next = ask();
    yield value;
  }
}
