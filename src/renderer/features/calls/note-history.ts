/** A pause this long begins a new step (ms). */
const STEP_PAUSE_MS = 1_000;
const MOST_STEPS = 500;

export type NoteHistory = {
  /** Takes the text after each edit. */
  typed(text: string): void;
  /** The text was changed by masking: steps that hold what was masked are forgotten. */
  masked(text: string): void;
  /** The text before the last step, or undefined at the beginning of the call. */
  undo(): Promise<string | undefined>;
  redo(): string | undefined;
};

type Options = {
  text: string;
  now: () => number;
  /** Earlier saves of this call, oldest first, masked as they are stored; asked for when this window's own steps are used up. */
  older: () => Promise<readonly string[]>;
};

/**
 * Undo and redo of one call's note. The browser's own forgets everything when a screen changes, when
 * masking writes into the field, and when the program starts again; this one does not: behind the
 * steps typed here stand the saves in the records.
 */
export function createNoteHistory({ text, now, older }: Options): NoteHistory {
  let past: string[] = [];
  let future: string[] = [];
  let current = text;
  let lastAt = 0;
  let lastKind = '';
  let olderKnown = false;

  const step = (): void => {
    past.push(current);
    if (past.length > MOST_STEPS) past.shift();
  };

  return {
    typed: (next) => {
      if (next === current) return;
      const kind = kindOf(current, next);
      const at = now();
      if (kind !== lastKind || kind === 'other' || at - lastAt > STEP_PAUSE_MS) step();
      // A word is a step: what follows its blank begins the next one.
      lastKind = kind === 'insert' && /\s$/u.test(inserted(current, next)) ? 'blank' : kind;
      lastAt = at;
      current = next;
      future = [];
    },
    masked: (next) => {
      past = [];
      future = [];
      current = next;
      lastKind = '';
      olderKnown = false;
    },
    undo: async () => {
      if (past.length === 0 && !olderKnown) {
        const before = current;
        const saves = await older();
        // Typed meanwhile: what was saved stands before it all the same.
        if (past.length === 0) past = trimmed(saves, before);
        olderKnown = true;
      }
      const before = past.pop();
      if (before === undefined) return undefined;
      future.push(current);
      current = before;
      lastKind = '';
      return before;
    },
    redo: () => {
      const next = future.pop();
      if (next === undefined) return undefined;
      step();
      current = next;
      lastKind = '';
      return next;
    },
  };
}

/** Saves that differ from the one after them, the last of them from `text`. */
function trimmed(saves: readonly string[], text: string): string[] {
  const steps = saves.filter((save, index) => save !== (saves[index + 1] ?? text));
  return saves.length === 0 || steps[0] === '' ? steps : ['', ...steps];
}

/** One letter more, one less, or anything else (pasted, cut, replaced), which is a step of its own. */
function kindOf(before: string, after: string): 'insert' | 'delete' | 'other' {
  if (after.length === before.length + 1) return 'insert';
  return after.length === before.length - 1 ? 'delete' : 'other';
}

function inserted(before: string, after: string): string {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  return after.slice(at, at + 1);
}
