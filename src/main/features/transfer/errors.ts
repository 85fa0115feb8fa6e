/** A file that cannot be read at all; `reason` picks the sentence. */
export class UnreadableFileError extends Error {
  readonly reason: 'empty' | 'not-a-table' | 'damaged' | 'old-excel' | 'encrypted-excel' | 'no-sheet' | 'no-columns' | 'too-many-columns' | 'not-scripts' | 'too-large';

  constructor(reason: UnreadableFileError['reason'], cause?: unknown) {
    super(`the file cannot be read: ${reason}`, cause === undefined ? {} : { cause });
    this.name = 'UnreadableFileError';
    this.reason = reason;
  }
}

/** Thrown when the import was called off: everything it did is undone. */
export class ImportCancelled extends Error {
  constructor() {
    super('the import was cancelled');
    this.name = 'ImportCancelled';
  }
}
