import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Msg } from '@nats-io/transport-node';
import { digestSoon } from '#main/lib/digest.ts';
import type { ListOutcome, PublishOutcome, ReadOutcome, Release, WriteOutcome } from './change-source.ts';
import { digestOf } from './folder-source.ts';
import type { Answer, NatsLink } from './nats-link.ts';
import type { NatsNames } from './nats-names.ts';

/** A server takes messages up to 1 MiB with their headers; longer files travel in pieces. */
const PIECE = 512 * 1024;
/** Pieces asked for at once: enough to fill the line, few enough to leave room for notes and screens. */
const AT_ONCE = 4;
const MOST_NAMES = 20_000;
/** How long a publisher has its place without a word (ms), how long others wait for it, and how often they look. */
const LOCK_MS = 60_000;
const LOCK_PATIENCE_MS = 15_000;
const LOCK_LOOK_MS = 100;

const HEADER = { size: 'Callside-Size', digest: 'Callside-Digest', removed: 'KV-Operation', expected: 'Nats-Expected-Last-Subject-Sequence' } as const;
/** JetStream's code for "the last message is not the one you expected". */
const WRONG_LAST_SEQUENCE = 10_071;
const RESOURCES_EXCEEDED = new Set([10_002, 10_023, 10_028, 10_047, 10_077]);

const ackSchema = z.union([
  z.object({ error: z.object({ code: z.number(), err_code: z.number().optional(), description: z.string().optional() }) }),
  z.object({ stream: z.string(), seq: z.int() }),
]);
const infoSchema = z.object({ state: z.object({ subjects: z.record(z.string(), z.number()).optional(), last_seq: z.int() }), created: z.string(), ts: z.string().optional(), config: z.object({ metadata: z.record(z.string(), z.string()).optional() }).optional() });
export type StreamInfo = z.infer<typeof infoSchema>;

type Stored = { seq: number; message: Msg; removed: boolean };

/** Files by name on a broker: short ones in a message, long ones in pieces named by their digest. */
export function createNatsFiles(link: NatsLink, names: NatsNames) {
  /** Who publishes from here, and what of it is under way. */
  const me = randomUUID();
  let publishing: Promise<unknown> = Promise.resolve();

  const last = async (stream: string, subject: string): Promise<Answer<Stored>> => {
    // The subject stands in the request's own subject, so that the server can refuse one desk the receipts of another.
    const answer = await link.ask(`$JS.API.DIRECT.GET.${stream}.${subject}`, '');
    if (!answer.ok) return answer;
    const { headers } = answer.value;
    return { ok: true, value: { seq: Number(headers?.get('Nats-Sequence')), message: answer.value, removed: headers?.get(HEADER.removed) === 'DEL' } };
  };

  const put = async (subject: string, bytes: Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Answer<number>> => {
    const answer = await link.ask(subject, bytes, headers);
    if (!answer.ok) return answer;
    const ack = ackSchema.safeParse(parsed(answer.value));
    if (!ack.success) return { ok: false, why: 'gone' };
    if (!('error' in ack.data)) return { ok: true, value: ack.data.seq };
    const code = ack.data.error.err_code ?? 0;
    return { ok: false, why: code === WRONG_LAST_SEQUENCE ? 'conflict' : RESOURCES_EXCEEDED.has(code) ? 'full' : 'gone' };
  };

  /** Puts long bytes as pieces first, so that the name never stands for something that is not there. */
  const putFile = async (subject: string, bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Answer<number>> => {
    if (bytes.length <= PIECE) return put(subject, bytes, { ...headers, [HEADER.digest]: digestOf(bytes) });
    const digest = await digestSoon(bytes);
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = await put(names.piece(digest, at / PIECE), bytes.subarray(at, at + PIECE));
      if (!piece.ok) return piece;
    }
    return put(subject, new Uint8Array(), { ...headers, [HEADER.size]: String(bytes.length), [HEADER.digest]: digest });
  };

  const readPieces = async (digest: string, size: number): Promise<ReadOutcome> => {
    const bytes = Buffer.alloc(size);
    const count = Math.ceil(size / PIECE);
    const atOnce = link.slow ? 1 : AT_ONCE;
    for (let first = 0; first < count; first += atOnce) {
      const indexes = Array.from({ length: Math.min(atOnce, count - first) }, (_, at) => first + at);
      const pieces = await Promise.all(indexes.map((index) => last(names.files, names.piece(digest, index))));
      for (const [at, piece] of pieces.entries()) {
        if (!piece.ok) return { state: piece.why === 'absent' ? 'busy' : 'gone' };
        bytes.set(piece.value.message.data.subarray(0, size - (first + at) * PIECE), (first + at) * PIECE);
      }
      await link.spend(Math.min(size, indexes.length * PIECE));
    }
    // A publisher may have replaced the file between two pieces.
    return (await digestSoon(bytes)) === digest ? { state: 'found', bytes } : { state: 'busy' };
  };

  const read = async (name: string, limit: number): Promise<ReadOutcome & { seq?: number }> => {
    const { stream, subject } = names.place(name);
    const found = await last(stream, subject);
    if (!found.ok) return { state: found.why === 'absent' ? 'absent' : found.why === 'refused' ? 'absent' : 'gone' };
    const { message, removed, seq } = found.value;
    if (removed) return { state: 'absent', seq };
    const size = message.headers?.get(HEADER.size) ?? '';
    if (size === '') {
      await link.spend(message.data.length);
      return message.data.length > limit ? { state: 'too-large', seq } : { state: 'found', bytes: message.data, seq };
    }
    if (Number(size) > limit) return { state: 'too-large', seq };
    return { ...(await readPieces(message.headers?.get(HEADER.digest) ?? '', Number(size))), seq };
  };

  const info = async (stream: string, filter: string): Promise<Answer<StreamInfo>> => {
    const answer = await link.ask(`$JS.API.STREAM.INFO.${stream}`, JSON.stringify({ subjects_filter: filter }));
    if (!answer.ok) return answer;
    const found = infoSchema.safeParse(parsed(answer.value));
    return found.success ? { ok: true, value: found.data } : { ok: false, why: 'gone' };
  };

  return {
    read,
    info,
    last,
    put,
    list: async (folder: string): Promise<ListOutcome> => {
      const { stream, filter } = names.folder(folder);
      const found = await info(stream, filter);
      if (!found.ok) return { state: found.why === 'refused' ? 'busy' : 'gone' };
      const subjects = Object.keys(found.value.state.subjects ?? {}).slice(0, MOST_NAMES);
      const there = await Promise.all(subjects.map(async (subject) => {
        const message = await last(stream, subject);
        return message.ok && !message.value.removed ? names.nameOf(subject) : undefined;
      }));
      const below = there.flatMap((name) => (name === undefined ? [] : [name.slice(folder.length + 1)]));
      return { state: 'listed', names: [...new Set(below)].toSorted(), conflicts: [] };
    },
    write: async (name: string, bytes: Uint8Array): Promise<WriteOutcome> => outcomeOf(await putFile(names.place(name).subject, bytes)),
    remove: async (name: string): Promise<WriteOutcome> => {
      const { stream, subject } = names.place(name);
      const there = await last(stream, subject);
      if (!there.ok && there.why === 'absent') return { state: 'written' };
      return outcomeOf(await put(subject, new Uint8Array(), { [HEADER.removed]: 'DEL' }));
    },
    publish: (release: Release): Promise<PublishOutcome> => {
      const done = publishing.then(() => publishAlone(release));
      publishing = done.catch(() => undefined);
      return done;
    },
  };

  async function publishAlone(release: Release): Promise<PublishOutcome> {
    const held = await hold();
    if (typeof held === 'object') return held;
    try {
      return await swapIn(release, held);
    } finally {
      await held(true);
    }
  }

  /**
   * Metadata of two publishers who began with the same state has the same names: who comes second must not write over
   * the files of the first. So one at a time; who dies while publishing holds up the others for a minute. Whose server
   * died meanwhile finds its own place taken by itself and goes on. What this gives keeps the place while that takes long,
   * and gives it back.
   */
  async function hold(): Promise<((done: boolean) => Promise<boolean>) | WriteOutcome> {
    const lock = names.piece('publisher', 0);
    let held: number | undefined;
    let takenAt = 0;
    for (const until = Date.now() + LOCK_PATIENCE_MS; held === undefined; ) {
      const there = await last(names.files, lock);
      if (!there.ok && there.why !== 'absent') return { state: there.why === 'refused' ? 'read-only' : 'gone' };
      const free = !there.ok || there.value.message.data.length === 0 || there.value.message.string() === me || (await ageOf(there.value.message)) > LOCK_MS;
      const taken = free ? await put(lock, new TextEncoder().encode(me), { [HEADER.expected]: String(there.ok ? there.value.seq : 0) }) : undefined;
      if (taken?.ok === true) held = taken.value;
      else if (taken !== undefined && taken.why !== 'conflict') return outcomeOf(taken);
      else if (Date.now() > until) return { state: 'busy' };
      else await new Promise((resolve) => setTimeout(resolve, LOCK_LOOK_MS));
    }
    takenAt = Date.now();
    return async (done) => {
      if (held === undefined) return false;
      if (!done && Date.now() - takenAt < LOCK_MS / 4) return true;
      const kept = await put(lock, new TextEncoder().encode(done ? '' : me), { [HEADER.expected]: String(held) });
      held = kept.ok && !done ? kept.value : undefined;
      takenAt = Date.now();
      return kept.ok;
    };
  }

  /** How long a message has lain there by the server's own clock (ms). */
  async function ageOf(message: Msg): Promise<number> {
    const found = await info(names.files, 'none');
    const now = found.ok && found.value.ts !== undefined ? Date.parse(found.value.ts) : Date.now();
    return now - Date.parse(message.headers?.get('Nats-Time-Stamp') ?? '');
  }

  async function swapIn({ files, head, expected }: Release, keep: (done: boolean) => Promise<boolean>): Promise<PublishOutcome> {
    const before = await read(head.name, 10_000_000);
    if (before.state === 'gone' || before.state === 'busy' || before.state === 'too-large') return { state: before.state === 'gone' ? 'gone' : 'busy' };
    const found = before.state === 'found' ? digestOf(before.bytes) : undefined;
    if (found !== expected) return { state: 'conflict', found };
    for (const file of files) {
      const put = await putFile(names.place(file.name).subject, file.bytes);
      if (!put.ok) return outcomeOf(put);
      // Somebody took this one for dead.
      if (!(await keep(false))) return { state: 'busy' };
    }
    // Compare and set by the server: of two publishers one is told that it came second.
    const swapped = await putFile(names.place(head.name).subject, head.bytes, { [HEADER.expected]: String(before.seq ?? 0) });
    if (swapped.ok) return { state: 'written' };
    // An answer that was lost on its way looks like a conflict with ourselves: what is there decides.
    const now = await read(head.name, 10_000_000);
    if (now.state === 'found' && digestOf(now.bytes) === digestOf(head.bytes)) return { state: 'written' };
    if (swapped.why === 'conflict') return { state: 'conflict', found: now.state === 'found' ? digestOf(now.bytes) : undefined };
    return outcomeOf(swapped);
  }
}

export type NatsFiles = ReturnType<typeof createNatsFiles>;

function outcomeOf(answer: Answer<unknown>): WriteOutcome {
  if (answer.ok) return { state: 'written' };
  switch (answer.why) {
    case 'refused':
      return { state: 'read-only' };
    // Either way the server does not take it, and trying again does not help.
    case 'full':
    case 'too-large':
      return { state: 'full' };
    case 'conflict':
      return { state: 'busy' };
    default:
      return { state: 'gone' };
  }
}

function parsed(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
