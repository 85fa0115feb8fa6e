import { digitsOnly, maskText, type MaskResult } from '#shared/domain/calls/masking.ts';
import type { NoteSaved, SaveNote } from '#shared/domain/calls/schema.ts';
import type { Journal } from '../../db/journal.ts';
import type { Ledger, Tx } from '../../db/ledger.ts';
import { checkpointTruncate, type Db } from '../../db/open.ts';
import type { NotesRepository } from './notes.repository.ts';
import type { CallsPolicy } from './policy.ts';
import type { WriteContext } from './write-context.ts';

/** Undo goes back this many saves within a call. */
const VERSIONS_KEPT = 300;

export type NotesDeps = { db: Db; ledger: Ledger; journal: Journal; notes: NotesRepository; context: WriteContext; policy: CallsPolicy };
/** Commands on the note of a call. */
export function createNotes({ db, ledger, journal, notes, context, policy }: NotesDeps) {
  /** Removes earlier saves that still hold the beginning of a card number which only now became one. */
  const scrubVersions = (callId: number, cardStarts: readonly string[]): boolean => {
    let scrubbed = false;
    for (const version of cardStarts.length === 0 ? [] : notes.versions(callId)) {
      const digits = digitsOnly(version.text);
      if (!cardStarts.some((start) => digits.includes(start))) continue;
      notes.dropVersion(callId, version.seq);
      scrubbed = true;
    }
    return scrubbed;
  };

  const mask = ({ text, caret }: SaveNote): MaskResult => maskText(text, { patterns: policy.maskPatterns, ...(caret === undefined ? {} : { caret }) });

  const save = (tx: Tx, input: SaveNote): NoteSaved & { scrubbed: boolean } => {
    const call = context.require(input.callId);
    const before = notes.find(call.id);
    const durable = journal.durable;
    if (before !== undefined && before.seq >= input.seq) return { seq: before.seq, savedAt: before.saved_at, durable, masked: 0, held: false, scrubbed: false };
    const masked = mask(input);
    const scrubbed = scrubVersions(call.id, masked.cardStarts);
    notes.put(call.id, { text: masked.text, summary: before?.summary ?? '', rev: (before?.rev ?? 0) + 1, seq: input.seq, saved_at: tx.at });
    if (before?.text !== masked.text) {
      notes.addVersion(call.id, { seq: input.seq, at: tx.at, text: masked.text });
      notes.dropVersionsUpTo(call.id, input.seq - VERSIONS_KEPT);
    }
    context.journalNote(tx, input.callId, call.id);
    return { seq: input.seq, savedAt: tx.at, durable, masked: masked.masked - masked.held, held: masked.held > 0, scrubbed };
  };

  return {
    /**
     * Saves the whole text of a note. Returns only after the database committed with FULL
     * synchronisation and the journal was synced. A save with an older `seq` than the stored one
     * changes nothing and answers with the stored one.
     */
    saveNote: (commandId: string, input: SaveNote): NoteSaved & { shown?: string } => {
      const { scrubbed, ...saved } = ledger.run(commandId, 'calls.save-note', (tx) => save(tx, input));
      if (scrubbed) {
        // The digits typed before the number was complete go from the journal and the WAL as well.
        journal.rewrite((entry) => entry);
        checkpointTruncate(db);
      }
      // Worked out again rather than kept with the command's result: what is being typed must not be stored by that way.
      return saved.masked === 0 ? saved : { ...saved, shown: mask(input).shown };
    },
  };
}
