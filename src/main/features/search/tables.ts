import type { Database } from 'better-sqlite3';

/**
 * Creates the tables of the search index, if absent, in knowledge.db. Everything in them can be made
 * again from the records.
 *
 * A segment is a finished set of documents that never changes; its parts are stored as checked chunks.
 * Documents leave a segment by a row in `search_gone`. `search_state.stamp` changes with every write,
 * so that a connection knows when its memory is stale, after a rollback too.
 */
export function createSearchTables(db: Database): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS search_segment (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      live INTEGER NOT NULL,
      docs INTEGER NOT NULL,
      meta TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS search_chunk (
      id INTEGER PRIMARY KEY,
      segment INTEGER NOT NULL,
      part INTEGER NOT NULL,
      chunk INTEGER NOT NULL,
      crc INTEGER NOT NULL,
      data BLOB NOT NULL,
      UNIQUE (segment, part, chunk)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS search_gone (
      segment INTEGER NOT NULL,
      doc INTEGER NOT NULL,
      PRIMARY KEY (segment, doc)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS search_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      stamp INTEGER NOT NULL,
      format INTEGER NOT NULL,
      synonyms TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS search_pick (
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      weight REAL NOT NULL,
      picked_at INTEGER NOT NULL,
      PRIMARY KEY (kind, key)
    ) STRICT, WITHOUT ROWID;
  `);
}

/** Raised when the layout of segments changes; an index of another format is built anew. */
export const FORMAT = 2;

/** Parts of a segment, by number. */
export const PART = {
  termUnits: 1, termOffsets: 2, postingOffsets: 3, termDocs: 4, postings: 5, forwardOffsets: 6, forward: 7,
  category: 8, price: 9, kind: 10, validFrom: 11, validUntil: 12, target: 13, soundKeys: 14, soundTerms: 15,
  stored: 16, storedFirst: 17, keyTable: 18, keyFence: 19, digitTable: 20, digitFence: 21, digitEndTable: 22,
  digitEndFence: 23, mixedTable: 24, mixedFence: 25, mixedEndTable: 26, mixedEndFence: 27,
  starterKeys: 28, starterEnds: 29, starterDocs: 30,
  /** All of the above in one, for a segment so small that the next change rewrites it. */
  packed: 31,
} as const;
export type Part = (typeof PART)[keyof typeof PART];

/** Bytes per chunk of parts that are read whole, and of posting lists, which are read in pieces. */
export const WHOLE_CHUNK = 262_144;
export const POSTING_CHUNK = 32_768;
/** Pairs per chunk of a sorted table. */
export const TABLE_CHUNK = 2_048;
/** Documents kept for each short beginning of a title: products, and other kinds. */
export const STARTERS = { product: 72, other: 24 } as const;
/** Longest beginning with such a list, in characters. */
export const STARTER_LENGTH = 3;
/** Documents per stored block. */
export const STORED_BLOCK = 32;

/** Facts about a segment kept beside it. */
export type SegmentMeta = {
  /** Random, so that a number used again after a rollback is not taken for the same segment. */
  uid: number;
  docs: number;
  terms: number;
  /** Full category paths; `category` holds an index into this list, plus one. */
  categories: string[];
  /** Distinct audiences; `target` holds an index into this list, plus one. */
  targets: { teams: string[]; queues: string[] }[];
  /** Chunks per part, for the integrity check. */
  chunks: Record<string, number>;
  /** Bytes per part read whole. */
  bytes: Record<string, number>;
};

/** Fields as tagged in the forward list (3 bits). */
export const FIELD = { title: 0, brand: 1, model: 2, category: 3, keywords: 4, derived: 5 } as const;

/** Where the best occurrence of a term in a document is (2 bits of a posting). `aside` is text about what the thing is for. */
export const PLACE = { name: 0, label: 1, text: 2, aside: 3 } as const;

/** The place a field of the forward list counts as. */
export const placeOf = (field: number): number => (field === FIELD.category || field === FIELD.keywords ? PLACE.label : PLACE.name);
