/**
 * How the trust machinery reaches a channel. A channel moves bytes by name and knows nothing of what is
 * in them. Names have forward slashes and only `a-z A-Z 0-9 . _ - /`; everything below `metadata/`,
 * `targets/` and `handover/` belongs to these interfaces.
 */
export type FileSource = {
  /**
   * The bytes of a file in pieces, or undefined when there is none of this name. Reading stops when the
   * reader has had enough. Throws what the system throws when the file is there and cannot be read.
   */
  open(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
};

/** A channel a publisher may write to. */
export type RepositoryWriter = FileSource & {
  /** Names of the files directly in a folder such as `metadata`, without the folder, in any order. None when the folder is not there. */
  list(folder: string): Promise<string[]>;
  /**
   * Puts a file that must not be there yet, whole or not at all (temp and exclusive rename or link).
   * `exists` when one of this name is there, whatever is in it. This is what detects a second publisher.
   */
  create(name: string, bytes: Uint8Array): Promise<'created' | 'exists'>;
  /** Puts a file in the place of another, whole or not at all (temp and rename). */
  replace(name: string, bytes: Uint8Array): Promise<void>;
  /** Like `create` for a large local file. */
  createFrom(name: string, localFile: string): Promise<'created' | 'exists'>;
  /** Takes a file away; nothing happens when it is not there. */
  remove(name: string): Promise<void>;
};
