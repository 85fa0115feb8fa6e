import type { KeyObject } from 'node:crypto';
import type { SignedChange } from '#shared/domain/packs/change.ts';
import { agreeToTrustChange, beginTrustChange, missingOwners, type TrustChange, type TrustPlan } from './create-trust.ts';
import type { Signer } from './dsse.ts';
import type { FileSource, RepositoryWriter } from './ports.ts';
import { createPublisher, type GoBack, type Publisher, type PublisherParts, type PublishRequest } from './publisher.ts';
import type { PublishOutcome } from './publish-outcome.ts';
import { setUpTrust, type SetUp, type TrustAnchor } from './set-up-trust.ts';
import { signerOf } from './signer.ts';
import { toSend, type Talk } from './thread-talk.ts';
import { openTrustStore, type Pin, type TrustStore } from './trust-store.ts';

/** What of packs and their metadata takes longer than a window may wait. The same here or on a thread of its own. */
export type PackWork = {
  publisher(parts: PublisherParts): Publisher;
  setUpTrust(source: FileSource, store: TrustStore, anchor: TrustAnchor, by: Pin['by'], now: number): Promise<SetUp>;
  beginTrustChange(plan: TrustPlan, versions: { root: number; targets: number }, signers: readonly Signer[], now: number): Promise<TrustChange>;
  /** Owners' signatures on a change another owner began. */
  agree(change: TrustChange, signers: readonly Signer[]): Promise<TrustChange>;
  missingOwners(change: TrustChange, before: Uint8Array | undefined): Promise<ReturnType<typeof missingOwners>>;
};

/** All of it on this very thread: for the command line and for tests. */
export const workHere: PackWork = {
  publisher: createPublisher,
  setUpTrust,
  beginTrustChange: async (...args) => beginTrustChange(...args),
  agree: async (change, signers) => signers.reduce(agreeToTrustChange, change),
  missingOwners: async (...args) => missingOwners(...args),
};

/** A signer on its way to another thread of this process: the key is a handle whose secret stays where OpenSSL keeps it. */
export type SentSigner = { name: string; key: KeyObject };
/** A channel that stays on the main thread; the number names it there. */
export type SentChannel = number;
/** Which releases, and of whom. */
type At = { channel: SentChannel };

/** Changes that were sent ahead in pieces. */
export type SentChanges = number;

/** What the thread does. Everything that is asked and answered can be cloned; functions stay where they are. */
export function createPackTasks(dir: string, talk: () => Talk) {
  const store = openTrustStore(dir);
  const sent = new Map<SentChanges, SignedChange[]>();
  const take = (id: SentChanges): SignedChange[] => {
    const changes = sent.get(id) ?? [];
    sent.delete(id);
    return changes;
  };
  const on = ({ channel }: At, published?: PublisherParts['published']): Publisher =>
    createPublisher({ writer: distant(talk(), channel), store, now: Date.now, recordLimit: () => talk().ask('limit', { channel }) as Promise<number | undefined>, ...(published === undefined ? {} : { published }) });
  /** Publishes, and says along with the outcome what desks are to be told of one by one. */
  const telling = async <T extends PublishOutcome>(at: At, work: (publisher: Publisher) => Promise<T>): Promise<{ outcome: T; tell: readonly SignedChange[] | undefined }> => {
    let tell: readonly SignedChange[] | undefined;
    const outcome = await work(on(at, async (_kb, changes) => void (tell = changes ?? [])));
    return { outcome, tell };
  };
  const told = (id: SentChanges) => (records: number) => void talk().ask('progress', { id, records }).catch(() => undefined);
  const signer = ({ key, name }: SentSigner): Signer => signerOf(key, name);

  return {
    /** A piece of the changes that are going to be published. */
    send: async ({ id, changes }: { id: SentChanges; changes: SignedChange[] }) => {
      const before = sent.get(id);
      if (before === undefined) sent.set(id, changes);
      else before.push(...changes);
    },
    create: ({ change, title, by, ...at }: At & { change: TrustChange; title: string; by: SentSigner }) => on(at).create(change, title, signer(by)),
    publish: ({ id, by, request, ...at }: At & { id: SentChanges; by: SentSigner; request: Omit<PublishRequest, 'changes' | 'by' | 'progress'> }) => telling(at, (publisher) => publisher.publish({ ...request, changes: take(id), by: signer(by), progress: told(id) })),
    goBack: ({ request, by, ...at }: At & { request: Omit<GoBack, 'by'>; by: SentSigner }) => telling(at, (publisher) => publisher.goBack({ ...request, by: signer(by) })),
    confirm: ({ kb, by, ...at }: At & { kb: string; by: SentSigner }) => on(at).confirm(kb, signer(by)),
    changeTrust: ({ change, by, ...at }: At & { change: TrustChange; by: SentSigner }) => telling(at, (publisher) => publisher.changeTrust(change, signer(by))),
    live: async ({ kb, ...at }: At & { kb: string }) => {
      const live = await on(at).live(kb);
      return live.outcome === 'refused' ? live : { outcome: 'trusted' as const };
    },
    isCurrent: ({ kb, release, ...at }: At & { kb: string; release: number }) => on(at).isCurrent(kb, release),
    packOf: ({ kb, release, ...at }: At & { kb: string; release: number }) => on(at).packOf(kb, release),
    setUpTrust: ({ channel, anchor, by, now }: At & { anchor: TrustAnchor; by: Pin['by']; now: number }) => setUpTrust(distant(talk(), channel), store, anchor, by, now),
    beginTrustChange: ({ plan, versions, signers, now }: { plan: TrustPlan; versions: { root: number; targets: number }; signers: SentSigner[]; now: number }) => workHere.beginTrustChange(plan, versions, signers.map(signer), now),
    agree: ({ change, signers }: { change: TrustChange; signers: SentSigner[] }) => workHere.agree(change, signers.map(signer)),
    missingOwners: ({ change, before }: { change: TrustChange; before: Uint8Array | undefined }) => workHere.missingOwners(change, before),
  };
}
export type PackTasks = ReturnType<typeof createPackTasks>;

/** What a channel on the main thread is asked. */
export type ChannelAsk = { channel: SentChannel } & (
  | { op: 'read'; name: string; limit: number }
  | { op: 'list'; folder: string }
  | { op: 'write'; name: string; bytes: Uint8Array }
  | { op: 'remove'; name: string }
  | { op: 'publish'; release: Parameters<RepositoryWriter['publish']>[0] }
);

/** A channel that lives on another thread. Long bytes given to it are gone here. */
function distant(talk: Talk, channel: SentChannel): RepositoryWriter {
  const ask = <T>(input: ChannelAsk, transfer: readonly ArrayBuffer[] = []): Promise<T> => talk.ask('channel', input, transfer) as Promise<T>;
  return {
    read: (name, limit) => ask({ channel, op: 'read', name, limit }),
    list: (folder) => ask({ channel, op: 'list', folder }),
    write: (name, given) => {
      const { bytes, transfer } = toSend(given);
      return ask({ channel, op: 'write', name, bytes }, transfer);
    },
    remove: (name) => ask({ channel, op: 'remove', name }),
    publish: ({ files, head, expected }) => {
      const sending = files.map((file) => ({ name: file.name, ...toSend(file.bytes) }));
      const release = { files: sending.map(({ name, bytes }) => ({ name, bytes })), head: { name: head.name, bytes: new Uint8Array(head.bytes) }, expected };
      return ask({ channel, op: 'publish', release }, sending.flatMap(({ transfer }) => transfer));
    },
  };
}
