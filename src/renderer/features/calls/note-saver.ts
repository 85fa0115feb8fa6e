import type { Client } from '#renderer/ipc/client.ts';
import { CallsideError, type ErrorCode } from '#shared/ipc/errors.ts';

/** A pause of typing this long saves; so does this much time of typing without a pause (ms). */
const PAUSE_MS = 250;
const LONGEST_MS = 1_500;
const RETRY_MS = 1_000;
/** A number left half-typed this long is finished: the caller has read out what there was (ms). */
const SETTLED_MS = 8_000;

/** What the screen says about the note. `saved` means committed and in the journal, nothing less. */
export type NoteStatus =
  | { kind: 'saved'; at: number | undefined }
  | { kind: 'typing' }
  | { kind: 'saving' }
  | { kind: 'failed'; code: ErrorCode };

export type NoteSaver = {
  /** Takes the whole text after each keystroke, and where the caret stands in it. */
  type(text: string, caret?: number): void;
  /** Saves at once, the text being settled, and resolves when all of it is acknowledged, or the save failed. */
  flush(): Promise<void>;
  text(): string;
  stop(): void;
};

type Options = {
  client: Client;
  callId: string;
  text: string;
  seq: number;
  savedAt: number | undefined;
  onStatus: (status: NoteStatus) => void;
  /** Masking changed the stored text: the screen must show what is kept. */
  onMasked: (text: string) => void;
};

/**
 * Saves one call's note on every pause of typing. One save is under way at a time; text typed
 * meanwhile goes with the next. A failed save is tried again until it succeeds: words are never dropped.
 */
export function createNoteSaver({ client, callId, text, seq, savedAt, onStatus, onMasked }: Options): NoteSaver {
  let current = text;
  let savedText = text;
  let lastSeq = seq;
  let lastSavedAt = savedAt;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let longest: ReturnType<typeof setTimeout> | undefined;
  /** Where the caret stands while the text is being typed; undefined once it is settled. */
  let typingAt: number | undefined;
  /** The records hide a number of the last save until the text is settled. */
  let held = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  const clearTimers = (): void => {
    clearTimeout(pause);
    clearTimeout(longest);
    clearTimeout(settling);
    pause = undefined;
    longest = undefined;
  };

  const save = async (): Promise<void> => {
    clearTimers();
    while ((current !== savedText || (held && typingAt === undefined)) && !stopped) {
      const sending = current;
      const caret = typingAt;
      lastSeq += 1;
      onStatus({ kind: 'saving' });
      try {
        const reply = await client.call('calls.save-note', { callId, text: sending, seq: lastSeq, ...(caret === undefined ? {} : { caret }) });
        savedText = sending;
        held = reply.held === true;
        lastSavedAt = reply.savedAt;
        if (reply.masked !== undefined && current === sending) {
          current = reply.masked;
          savedText = reply.masked;
          onMasked(reply.masked);
        }
      } catch (cause) {
        onStatus({ kind: 'failed', code: cause instanceof CallsideError ? cause.code : 'internal' });
        if (!stopped) pause = setTimeout(run, RETRY_MS);
        return;
      }
    }
    if (stopped) return;
    // Not all of it is kept as it stands on the screen: it is not called saved yet.
    onStatus(held ? { kind: 'saving' } : { kind: 'saved', at: lastSavedAt });
    if (held) settling = setTimeout(settle, SETTLED_MS);
  };

  function run(): Promise<void> {
    running ??= save().finally(() => {
      running = undefined;
    });
    return running;
  }

  function settle(): Promise<void> {
    typingAt = undefined;
    return run();
  }

  return {
    type: (next, caret) => {
      if (next === current) return;
      current = next;
      typingAt = caret;
      clearTimeout(settling);
      onStatus({ kind: 'typing' });
      clearTimeout(pause);
      pause = setTimeout(run, PAUSE_MS);
      longest ??= setTimeout(run, LONGEST_MS);
    },
    flush: settle,
    text: () => current,
    stop: () => {
      stopped = true;
      clearTimers();
    },
  };
}
