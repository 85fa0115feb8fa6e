import { assertPlainName, digestOf, type ChangeSource, type Hint, type PublishOutcome, type ReadOutcome } from '#main/features/channels/index.ts';

/** Faults a test can order; each is used up once. */
type Fault =
  | { on: 'read'; name: string; outcome: Exclude<ReadOutcome, { state: 'found' }> }
  /** The first half of a file only, as a copy under way shows it. */
  | { on: 'read'; name: string; half: true }
  | { on: 'write'; state: 'busy' | 'full' }
  /** Somebody else's publication lands between the files and the head. */
  | { on: 'publish'; other: Uint8Array };

/** A channel in memory that does on command what channels in the world do by themselves. */
export function createFaultySource() {
  const files = new Map<string, Uint8Array>();
  const listeners = new Set<(hint: Hint) => void>();
  const faults: Fault[] = [];
  let there = true;
  let writable = true;
  const tell = (hint: Hint): void => {
    for (const one of listeners) setImmediate(() => listeners.has(one) && one(hint));
  };
  const take = <T extends Fault>(fits: (fault: Fault) => fault is T): T | undefined => {
    const at = faults.findIndex(fits);
    return at === -1 ? undefined : (faults.splice(at, 1)[0] as T);
  };
  const put = (name: string, bytes: Uint8Array): PublishOutcome => {
    assertPlainName(name);
    if (!there) return { state: 'gone' };
    if (!writable) return { state: 'read-only' };
    const fault = take((one): one is Extract<Fault, { on: 'write' }> => one.on === 'write');
    if (fault !== undefined) return { state: fault.state };
    files.set(name, Uint8Array.from(bytes));
    tell('changed');
    return { state: 'written' };
  };
  const headOf = (name: string): string | undefined => {
    const bytes = files.get(name);
    return bytes === undefined ? undefined : digestOf(bytes);
  };

  const source: ChangeSource = {
    kind: 'folder',
    state: async () => (there ? { state: 'ready', writable } : { state: 'gone' }),
    read: async (name, limit) => {
      assertPlainName(name);
      if (!there) return { state: 'gone' };
      const fault = take((one): one is Extract<Fault, { on: 'read' }> => one.on === 'read' && one.name === name);
      if (fault !== undefined && 'outcome' in fault) return fault.outcome;
      const bytes = files.get(name);
      if (bytes === undefined) return { state: 'absent' };
      if (bytes.length > limit) return { state: 'too-large' };
      return { state: 'found', bytes: fault === undefined ? Uint8Array.from(bytes) : bytes.slice(0, bytes.length >> 1) };
    },
    list: async (folder) => {
      assertPlainName(folder);
      if (!there) return { state: 'gone' };
      const below = [...files.keys()].filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1)).filter((name) => !name.includes('/'));
      return { state: 'listed', names: below.toSorted(), conflicts: [] };
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    write: async (name, bytes) => put(name, bytes) as Exclude<PublishOutcome, { state: 'conflict' }>,
    remove: async (name) => {
      assertPlainName(name);
      if (!there) return { state: 'gone' };
      if (!writable) return { state: 'read-only' };
      files.delete(name);
      tell('changed');
      return { state: 'written' };
    },
    publish: async ({ files: all, head, expected }) => {
      if (!there) return { state: 'gone' };
      if (headOf(head.name) !== expected) return { state: 'conflict', found: headOf(head.name) };
      for (const file of all) {
        const outcome = put(file.name, file.bytes);
        if (outcome.state !== 'written') return outcome;
      }
      const fault = take((one): one is Extract<Fault, { on: 'publish' }> => one.on === 'publish');
      if (fault !== undefined) files.set(head.name, fault.other);
      if (headOf(head.name) !== expected) return { state: 'conflict', found: headOf(head.name) };
      return put(head.name, head.bytes);
    },
    close: async () => listeners.clear(),
  };
  return {
    source,
    /** What somebody else put there. */
    place: (name: string, bytes: Uint8Array): void => {
      files.set(name, bytes);
      tell('changed');
    },
    order: (fault: Fault): void => void faults.push(fault),
    vanish: (): void => {
      there = false;
      tell('gone');
    },
    comeBack: (): void => {
      there = true;
      tell('back');
    },
    lock: (): void => {
      writable = false;
    },
    files,
  };
}
