/** Bounds of everything a channel can hand to a desk. Bytes unless said otherwise; checked before the bytes are looked at. */
export const PACK_LIMITS = {
  /** `root` and `timestamp`: the only files that are parsed before their signatures can be checked. */
  rootBytes: 64 * 1024,
  timestampBytes: 16 * 1024,
  /** `snapshot`, `targets` and `releases`, whose length and hash stand in the file above them. */
  metadataBytes: 2 * 1024 * 1024,
  /** What a release says about itself. */
  releaseBytes: 2 * 1024 * 1024,
  /** A pack as it lies in the channel. 50,000 products of 1.4 kB are 17 MB. */
  packBytes: 256 * 1024 * 1024,
  /** A pack unpacked. */
  unpackedBytes: 2 * 1024 * 1024 * 1024,
  /** Unpacked bytes per packed byte. Knowledge text packs to a fifth or a tenth; gzip can reach a thousand. */
  ratio: 100,
  /** Below this the ratio says nothing: a handful of like records packs very well. */
  ratioFrom: 4 * 1024 * 1024,
  /** One line of a pack: the longest record (an article with pictures) with its signatures. */
  lineBytes: 8 * 1024 * 1024,
  records: 500_000,
  signatures: 8,
  /** How many releases a channel keeps for going back to. */
  keptReleases: 50,
  /** How many verified packs a desk keeps. */
  keptOnDesk: 3,
} as const;
