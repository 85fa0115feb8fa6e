import { bucketOf } from '#main/features/packs/index.ts';

/** Subjects begin so unless the organisation says otherwise. */
export const DEFAULT_PREFIX = 'callside';

/**
 * Where things lie on a NATS server. Three streams under one prefix (`callside` unless the organisation says otherwise):
 *
 * - changes `KV_<prefix>`: `$KV.<prefix>.r.<bucket>.<key>` one signed record each, so that one bucket of the head can be asked for
 *   alone, `$KV.<prefix>.h.<kb>` the signed head; every message is repeated to `live.<prefix>.…`, so that a desk needs one plain subscription and no consumer of its own;
 * - files `<prefix>-files`: `<prefix>.files.f.…` by name, `<prefix>.files.c.<digest>.<n>` pieces of long ones;
 * - desks `<prefix>-desks`: `<prefix>.desks.<user>.…`, the only place a desk may write, and only below its own user.
 *
 * Measured limits this follows: no stream watch or consumer per desk (a server allows 1,000 consumers a stream and a stalled
 * one is silent), last value per subject only, Direct Get for reading.
 */
export type NatsNames = {
  changes: string;
  files: string;
  desks: string;
  /** What each stream takes in. */
  ofChanges: string;
  ofFiles: string;
  ofAllFiles: string;
  /** Subjects of the live repetition of changes. */
  live: string;
  /** What desks write, for supervisors: subscribing to it is refused to desks. */
  desksLive: string;
  /** Subjects that tell of new files. */
  liveFiles: string;
  /** Stream and subject of a file's name. */
  place(name: string): { stream: string; subject: string };
  /** A filter for what lies directly below `folder`. */
  folder(folder: string): { stream: string; filter: string };
  /** The plain name a subject stands for. */
  nameOf(subject: string): string | undefined;
  /** Which user wrote a desk's file. */
  userOf(subject: string): string | undefined;
  piece(digest: string, index: number): string;
  record(key: string): string;
  /** A filter for all records of one bucket of the head. */
  ofBucket(bucket: number): string;
  /** The change key a record's subject stands for. */
  keyOf(subject: string): string | undefined;
  head(kb: string): string;
  isHead(subject: string): boolean;
};

/** Metadata of a stream: where its history began. A site's mirror has the numbers of the stream it mirrors, so it carries the same. */
export const EPOCH = 'callside-epoch';

/** What desks write; everything else is the publishers'. */
const OF_DESKS: ReadonlySet<string> = new Set(['receipts', 'flags', 'presence']);

/** Subjects are split at dots, so those of a name are written otherwise. */
const toTokens = (name: string): string => name.split('/').map((part) => part.replaceAll('.', '%2E')).join('.');
const fromTokens = (tokens: string): string => tokens.split('.').map((part) => part.replaceAll('%2E', '.')).join('/');
const hex = (bucket: number): string => bucket.toString(16).padStart(2, '0');
const toToken = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

export function natsNames(prefix: string, user: string): NatsNames {
  // Streams cannot have dots in their names.
  const base = prefix.replaceAll('.', '-');
  const changes = `KV_${base}`;
  const files = `${base}-files`;
  const desks = `${base}-desks`;
  const ofChanges = `$KV.${base}.`;
  const ofFiles = `${base}.files.f.`;
  const ofDesks = `${base}.desks.`;
  // A user's name is part of the permissions an administrator writes, so it stays readable there.
  const own = user.replaceAll(/[^\w-]/g, '-');
  const isOfDesks = (name: string): boolean => OF_DESKS.has(name.split('/')[0] ?? '');
  return {
    changes, files, desks,
    ofChanges: `${ofChanges}>`,
    ofFiles: `${ofFiles}>`,
    ofAllFiles: `${base}.files.>`,
    live: `live.${base}.>`,
    liveFiles: `live.${base}-files.>`,
    desksLive: `${ofDesks}>`,
    place: (name) => (isOfDesks(name) ? { stream: desks, subject: `${ofDesks}${own}.${toTokens(name)}` } : { stream: files, subject: `${ofFiles}${toTokens(name)}` }),
    folder: (folder) => (isOfDesks(folder) ? { stream: desks, filter: `${ofDesks}*.${toTokens(folder)}.*` } : { stream: files, filter: `${ofFiles}${toTokens(folder)}.*` }),
    nameOf: (subject) => {
      if (subject.startsWith(ofFiles)) return fromTokens(subject.slice(ofFiles.length));
      if (!subject.startsWith(ofDesks)) return undefined;
      const rest = subject.slice(ofDesks.length);
      return fromTokens(rest.slice(rest.indexOf('.') + 1));
    },
    userOf: (subject) => (subject.startsWith(ofDesks) ? subject.slice(ofDesks.length).split('.')[0] : undefined),
    piece: (digest, index) => `${base}.files.c.${digest}.${index}`,
    record: (key) => `${ofChanges}r.${hex(bucketOf(key))}.${toToken(key)}`,
    ofBucket: (bucket) => `${ofChanges}r.${hex(bucket)}.*`,
    keyOf: (subject) => (subject.startsWith(`${ofChanges}r.`) ? Buffer.from(subject.slice(ofChanges.length + 2).replace(/^[^.]*\./, ''), 'base64url').toString('utf8') : undefined),
    head: (kb) => `${ofChanges}h.${toToken(kb)}`,
    isHead: (subject) => subject.startsWith(`${ofChanges}h.`),
  };
}
