import { assertNever } from '#shared/domain/common.ts';

/** What opening the records had to do besides opening them. `fault` is why the main files were not used. */
export type OpenMessageCode =
  | 'restored-from-backup' | 'rebuilt-from-journal' | 'notes-brought-back' | 'commits-were-lost' | 'journal-damaged' | 'journal-missing'
  | 'side-notes-taken-over' | 'side-notes-unreadable' | 'working-beside' | 'memory-only' | 'backup-before-update-failed';

export type OpenMessage = {
  code: OpenMessageCode;
  severity: 'info' | 'warning' | 'problem';
  /** A sentence for people, with what to do next. */
  text: string;
  /** Files the message is about: where something was set aside, for example. */
  files?: string[];
};

/** Builds a message; `detail` is a count, a date or the sentence of the underlying fault. */
export function openMessage(code: OpenMessageCode, detail: string | number = '', files?: string[]): OpenMessage {
  const [severity, text] = wordsFor(code, detail);
  return { code, severity, text, ...(files === undefined || files.length === 0 ? {} : { files }) };
}

function wordsFor(code: OpenMessageCode, detail: string | number): [OpenMessage['severity'], string] {
  switch (code) {
    case 'restored-from-backup':
      return ['warning', `The records file was damaged. The backup of ${detail} was restored and newer notes were added from the journal. The damaged file was kept.`];
    case 'rebuilt-from-journal':
      return ['problem', 'The records file was damaged and no good backup was found. Everything in the note journal was brought back. The damaged file was kept; show it to IT.'];
    case 'notes-brought-back':
      return ['info', `${detail} saved changes were brought back from the note journal.`];
    case 'commits-were-lost':
      return ['problem', `The disk lost ${detail} saved changes; they were brought back from the note journal. Tell IT to check this disk.`];
    case 'journal-damaged':
      return ['problem', 'The note journal was damaged and has been written anew. The damaged one was kept. Tell IT to check this disk.'];
    case 'journal-missing':
      return ['warning', 'The note journal was missing and has been written anew from the records.'];
    case 'side-notes-taken-over':
      return ['info', `${detail} changes written while the records could not be used were taken over.`];
    case 'side-notes-unreadable':
      return ['problem', 'Notes from an earlier session could not be read completely. Their files were kept; show them to IT.'];
    case 'working-beside':
      return ['problem', `${detail} Notes are saved in a separate place and taken over as soon as the records can be used again.`];
    case 'memory-only':
      return ['problem', `${detail} Notes are kept only while Callside is open: copy what you need before closing it.`];
    case 'backup-before-update-failed':
      return ['problem', 'No backup could be made before the update of the records, so they were left as they are. Free some disk space and start again.'];
    default:
      return assertNever(code);
  }
}
