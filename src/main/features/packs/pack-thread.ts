import type { Worker } from 'node:worker_threads';
import type { SignedChange } from '#shared/domain/packs/change.ts';
import type { ChannelAsk, PackTasks, PackWork, SentChannel } from './pack-tasks.ts';
import type { FileSource, RepositoryWriter } from './ports.ts';
import type { Publisher, PublisherParts, PublishRequest } from './publisher.ts';
import type { PublishOutcome } from './publish-outcome.ts';
import { lastTrusted } from './refresh-trust.ts';
import { sentSigner } from './signer.ts';
import { createTalk, toSend, type Talk } from './thread-talk.ts';

/** A thread nobody has asked anything for this long is let go with its memory and every handle of a key (ms). */
const IDLE_MS = 20_000;
/** Changes cloned for the thread at one go, and how long they may be together (characters): about a millisecond. */
const PIECE = { records: 256, length: 262_144 } as const;

export type PackThread = PackWork & { close(): void };

/** A channel, and what more the thread may ask about it. */
type Lent = FileSource & Partial<RepositoryWriter> & { recordLimit?: PublisherParts['recordLimit'] | undefined };

type Asked<K extends keyof PackTasks> = Parameters<PackTasks[K]>[0];
type Answered<K extends keyof PackTasks> = Awaited<ReturnType<PackTasks[K]>>;
type Started = { worker: Pick<Worker, 'postMessage' | 'on' | 'terminate' | 'ref' | 'unref'>; talk: Talk };

/**
 * Publishing and metadata on a thread of their own, so that the main process goes on drawing windows and ringing
 * meanwhile. The thread is part of the main process: a signer goes there as a handle of its key, never as its bytes, and
 * the key does not leave the process. Channels stay here, what is read and written goes over without being copied.
 * @param start starts the thread over the trust store in `dir`, the very one the stores given here are
 */
export function createPackThread({ start }: { start: () => Started['worker'] }): PackThread {
  const channels = new Map<SentChannel, Lent>();
  const progress = new Map<number, (records: number) => void>();
  let started: Started | undefined;
  let running = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let next = 0;

  const answer = async (what: string, input: unknown): Promise<{ value: unknown; transfer?: readonly ArrayBuffer[] }> => {
    if (what === 'channel') return onChannel(channels, input as ChannelAsk);
    if (what === 'limit') return { value: await channels.get((input as { channel: SentChannel }).channel)?.recordLimit?.() };
    const { id, records } = input as { id: number; records: number };
    progress.get(id)?.(records);
    return { value: undefined };
  };
  const stop = (cause: Error): void => {
    const before = started;
    started = undefined;
    clearTimeout(idle);
    before?.talk.end(cause);
    void before?.worker.terminate();
  };
  const open = (): Started => {
    if (started !== undefined) return started;
    const worker = start();
    const talk = createTalk(worker, answer);
    const made = (started = { worker, talk });
    const lost = (cause: Error): void => {
      talk.end(cause);
      if (started === made) started = undefined;
    };
    worker.on('error', (cause) => lost(cause instanceof Error ? cause : new Error(String(cause))));
    worker.on('exit', () => lost(new Error('the thread that publishes ended')));
    return made;
  };
  const ask = async <K extends keyof PackTasks>(what: K, input: Asked<K>): Promise<Answered<K>> => {
    clearTimeout(idle);
    running += 1;
    const { worker, talk } = open();
    worker.ref();
    try {
      return (await talk.ask(what, input)) as Answered<K>;
    } finally {
      running -= 1;
      if (running === 0) {
        // A thread that is not needed must not keep the program from ending.
        worker.unref();
        clearTimeout(idle);
        idle = setTimeout(() => stop(new Error('the thread that publishes was let go')), IDLE_MS);
        idle.unref();
      }
    }
  };
  /** With a channel of this thread lent to the other one. */
  const lending = async <T>(source: Lent, work: (channel: SentChannel) => Promise<T>): Promise<T> => {
    const channel = next++;
    channels.set(channel, source);
    try {
      return await work(channel);
    } finally {
      channels.delete(channel);
    }
  };
  /** Sends changes ahead, a little at a time. */
  const sending = async <T>(changes: readonly SignedChange[], work: (id: number) => Promise<T>): Promise<T> => {
    const id = next++;
    let piece: SignedChange[] = [];
    let length = 0;
    for (const change of changes) {
      piece.push(change);
      length += change.text.length;
      if (piece.length < PIECE.records && length < PIECE.length) continue;
      await ask('send', { id, changes: piece });
      piece = [];
      length = 0;
    }
    await ask('send', { id, changes: piece });
    return work(id);
  };

  const publisher = ({ writer, store, recordLimit, published }: PublisherParts): Publisher => {
    const lend = <T>(work: (channel: SentChannel) => Promise<T>): Promise<T> => lending({ ...writer, recordLimit }, work);
    const told = async <T extends PublishOutcome>(kb: string, { outcome, tell }: { outcome: T; tell: readonly SignedChange[] | undefined }): Promise<T> => {
      if (tell !== undefined) await published?.(kb, tell);
      return outcome;
    };
    return {
      create: (change, title, by) => lend((channel) => ask('create', { channel, change, title, by: sentSigner(by) })),
      publish: async ({ changes, by, progress: heard, ...request }: PublishRequest) =>
        told(request.kb, await lend((channel) =>
          sending(changes, (id) => {
            if (heard !== undefined) progress.set(id, heard);
            return ask('publish', { channel, id, request, by: sentSigner(by) }).finally(() => progress.delete(id));
          }),
        )),
      goBack: async ({ by, ...request }) => told(request.kb, await lend((channel) => ask('goBack', { channel, request, by: sentSigner(by) }))),
      confirm: (kb, by) => lend((channel) => ask('confirm', { channel, kb, by: sentSigner(by) })),
      changeTrust: async (change, by) => told(change.kb, await lend((channel) => ask('changeTrust', { channel, change, by: sentSigner(by) }))),
      live: async (kb) => {
        const live = await lend((channel) => ask('live', { channel, kb }));
        if (live.outcome === 'refused') return live;
        const state = lastTrusted(store, kb);
        return state === undefined ? { outcome: 'refused', refusal: { reason: 'no-trust-root', kb } } : { outcome: 'trusted', state };
      },
      isCurrent: (kb, release) => lend((channel) => ask('isCurrent', { channel, kb, release })),
      packOf: (kb, release) => lend((channel) => ask('packOf', { channel, kb, release })),
    };
  };

  return {
    publisher,
    setUpTrust: (source, _store, anchor, by, now) => lending(source, (channel) => ask('setUpTrust', { channel, anchor, by, now })),
    beginTrustChange: (plan, versions, signers, now) => ask('beginTrustChange', { plan, versions, signers: signers.map(sentSigner), now }),
    agree: (change, signers) => ask('agree', { change, signers: signers.map(sentSigner) }),
    missingOwners: (change, before) => ask('missingOwners', { change, before: before === undefined ? undefined : toSend(before).bytes }),
    close: () => stop(new Error('the program is closing')),
  };
}

async function onChannel(channels: ReadonlyMap<SentChannel, Lent>, asked: ChannelAsk): Promise<{ value: unknown; transfer?: readonly ArrayBuffer[] }> {
  const source = channels.get(asked.channel);
  const gone = { value: { state: 'gone' } };
  switch (asked.op) {
    case 'read': {
      const found = await source?.read(asked.name, asked.limit);
      if (found?.state !== 'found') return found === undefined ? gone : { value: found };
      const { bytes, transfer } = toSend(found.bytes);
      return { value: { state: 'found', bytes }, transfer };
    }
    case 'list':
      return source?.list === undefined ? gone : { value: await source.list(asked.folder) };
    case 'write':
      return source?.write === undefined ? gone : { value: await source.write(asked.name, asked.bytes) };
    case 'remove':
      return source?.remove === undefined ? gone : { value: await source.remove(asked.name) };
    case 'publish':
      return source?.publish === undefined ? gone : { value: await source.publish(asked.release) };
  }
}
