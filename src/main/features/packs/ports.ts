/**
 * How the trust machinery reaches a channel. A channel moves bytes by name and knows nothing of what is
 * in them; what it cannot do just now is an outcome, not an exception. Every `ChangeSource` of the
 * channels feature fits these shapes. Names: `metadata/*`, `targets/*`, `handover/*`.
 */
export type FileSource = {
  /** The bytes under `name`, whole or not at all, never more than `limit`. */
  read(name: string, limit: number): Promise<
    | { state: 'found'; bytes: Uint8Array }
    | { state: 'absent' }
    | { state: 'too-large' }
    /** There, but locked or still being copied. */
    | { state: 'busy' }
    /** The channel itself is away. */
    | { state: 'gone' }
  >;
};

type Written = { state: 'written' | 'read-only' | 'full' | 'busy' | 'gone' };

/** A channel a publisher may write to. */
export type RepositoryWriter = FileSource & {
  /** Where it carries single changes, too: how many there have been. Undefined: it cannot be asked. */
  live?: { position(): Promise<{ seq: number } | undefined> } | undefined;
  /** Plain names directly below `folder`. */
  list(folder: string): Promise<{ state: 'listed'; names: string[]; conflicts: string[] } | { state: 'busy' | 'gone' }>;
  /** Puts one file so that readers see the old or the new state. */
  write(name: string, bytes: Uint8Array): Promise<Written>;
  remove(name: string): Promise<Written>;
  /**
   * Puts `files`, then `head`, and only while the head is still the one with the digest `expected` (hex
   * SHA-256; undefined: none). `conflict` says that somebody else published in between.
   */
  publish(release: {
    files: readonly { name: string; bytes: Uint8Array }[];
    head: { name: string; bytes: Uint8Array };
    expected: string | undefined;
  }): Promise<Written | { state: 'conflict'; found: string | undefined }>;
};
