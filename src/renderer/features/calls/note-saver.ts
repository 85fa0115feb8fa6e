import type { Client } from '#renderer/ipc/client.ts';
import { CallsideError, type ErrorCode } from '#shared/ipc/errors.ts';

/** A pause of typing this long saves; so does this much time of typing without a pause (ms). */
const PAUSE_MS = 250;
const LONGEST_MS = 1_500;
const RETRY_MS = 1_000;

/** What the screen says about the note. `saved` means committed and in the journal, nothing less. */
export type NoteStatus =
  | { kind: 'saved'; at: number | undefined }
  | { kind: 'typing' }
  | { kind: 'saving' }
  | { kind: 'failed'; code: ErrorCode };

export type NoteSaver = {
  /** Takes the whole text after each keystroke. */
  type(text: string): void;
  /** Saves at once and resolves when everything typed so far is acknowledged, or the save failed. */
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
  let running: Promise<void> | undefined;
  let stopped = false;

  const clearTimers = (): void => {
    clearTimeout(pause);
    clearTimeout(longest);
    pause = undefined;
    longest = undefined;
  };

  const save = async (): Promise<void> => {
    clearTimers();
    while (current !== savedText && !stopped) {
      const sending = current;
      lastSeq += 1;
      onStatus({ kind: 'saving' });
      try {
        const reply = await client.call('calls.save-note', { callId, text: sending, seq: lastSeq });
        savedText = sending;
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
    if (!stopped) onStatus({ kind: 'saved', at: lastSavedAt });
  };

  function run(): Promise<void> {
    running ??= save().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    type: (next) => {
      if (next === current) return;
      current = next;
      onStatus({ kind: 'typing' });
      clearTimeout(pause);
      pause = setTimeout(run, PAUSE_MS);
      longest ??= setTimeout(run, LONGEST_MS);
    },
    flush: () => run(),
    text: () => current,
    stop: () => {
      stopped = true;
      clearTimers();
    },
  };
}
