/**
 * Packs: what is signed, by whom, and what a desk takes. See `docs/pack-format.md`.
 *
 * A channel gives a `FileSource` (reading) or a `RepositoryWriter` (publishing) and needs to know nothing
 * else. Everything that comes out of a channel goes through this feature before anything of it is used.
 */
export type { FileSource, RepositoryWriter } from './ports.ts';
