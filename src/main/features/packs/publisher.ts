import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HEAD_TYPE, type SignedChange } from '#shared/domain/packs/change.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import { LISTED_CHANGES, type ReleaseInfo, type SignedHead } from '#shared/domain/packs/release.ts';
import { writeFileAtomicSoon } from '#main/lib/atomic-file.ts';
import { digestSoon } from '#main/lib/digest.ts';
import { signChanges, wantedKey } from './change-maker.ts';
import { readDifferences } from './differences.ts';
import { fetchAndCheck, markOf, moveIntoPlace, NOTHING_STORED } from './check-release.ts';
import { missingOwners, type TrustChange } from './create-trust.ts';
import { signText, type Signer } from './dsse.ts';
import { fingerprintOf } from './fingerprint.ts';
import { mergePack, packLine, type Conflicts, type Merged } from './merge-pack.ts';
import { packName, releaseName, releasesName, rootName, snapshotName, targetName, targetsName, TIMESTAMP } from './names.ts';
import { openChanges, openContext, type VerifiedChange } from './open-change.ts';
import { Refused, refusing } from './pack-file.ts';
import { createPacer } from './pacer.ts';
import type { RepositoryWriter } from './ports.ts';
import { outcomeOf, type PublishOutcome } from './publish-outcome.ts';
import { renewer } from './renew.ts';
import { lastTrusted, policyIn, refreshTrust, type TrustedFile, type TrustedState } from './refresh-trust.ts';
import { buildReleases, buildSnapshot, buildTimestamp, signMetadata } from './tuf-build.ts';
import type { TrustStore } from './trust-store.ts';

export type PublisherParts = {
  writer: RepositoryWriter;
  store: TrustStore;
  /** UTC ms. */
  now: () => number;
  /** Gives the thread back; called after every few ms of work. */
  breathe?: () => Promise<void>;
  /** The longest record the channel can carry by itself (bytes); asked before anything is written. Undefined: any. */
  recordLimit?: () => Promise<number | undefined>;
  /** A release is out, and this desk knows it. `changes`: exactly what it changed, where that is at hand. */
  published?: (kb: string, changes: readonly SignedChange[] | undefined) => Promise<void>;
};

export type PublishRequest = {
  kb: string;
  /** Signed by everybody the policy asks for, each exactly one version above what is live. */
  changes: readonly SignedChange[];
  note: string;
  /** Going back: the release whose content the changes bring back. */
  rollbackTo?: number;
  /** An approver's key. */
  by: Signer;
  /** Hears how many records have been written. */
  progress?: (records: number) => void;
};

/** `rollbackTo`: the release whose content comes back. `by`: an approver's key. */
export type GoBack = { kb: string; file: string; rollbackTo: number; by: Signer };

/** Publishes releases of knowledge bases this desk trusts and holds a key for. */
export type Publisher = {
  /**
   * Sets a knowledge base up in an empty channel, and trusts it on this desk. Desks are given the
   * fingerprint. `overtaken` when the channel holds one already.
   */
  create(change: TrustChange, title: string, by: Signer): Promise<PublishOutcome & { fingerprint?: string }>;
  /** Publishes a release: what is live with `changes` on top. Nothing that is not signed enough goes out. */
  publish(request: PublishRequest): Promise<PublishOutcome>;
  /**
   * Goes back: signs the differences in `file`, written by `writeDifferences`, and publishes them as one release. `changes`
   * says how many.
   */
  goBack(request: GoBack): Promise<PublishOutcome & { changes: number }>;
  /** Confirms that what is live is still the newest: a new time stamp. Desks say "may be out of date" when nobody does this for a month. */
  confirm(kb: string, by: Signer): Promise<PublishOutcome>;
  /**
   * Puts a new root and policy in force: people added or withdrawn, other thresholds. Live records whose
   * signatures no longer suffice are signed again by `by` in a release of their own; when even that does
   * not suffice (two signatures are asked for), the outcome names the first record another person must sign.
   */
  changeTrust(change: TrustChange, by: Signer): Promise<PublishOutcome>;
  /** What a channel says is live, checked; for authors who need versions and the policy. */
  live(kb: string): Promise<{ outcome: 'trusted'; state: TrustedState } | Extract<PublishOutcome, { outcome: 'refused' }>>;
  /** Whether what this desk published last is what the channel holds: over a synchronised folder a second publisher shows only now. */
  isCurrent(kb: string, release: number): Promise<boolean>;
  /** The pack of a release in the data folder, fetched and checked; for going back and for comparing. */
  packOf(kb: string, release: number): Promise<{ outcome: 'found'; file: string; info: ReleaseInfo } | Extract<PublishOutcome, { outcome: 'refused' }>>;
};

/**
 * What is built upon: the state, and the digest of its time stamp. Another one at the swap says that somebody was faster.
 * Single changes up to `seq` were published before, so the next pack has them: a new desk goes on after them.
 */
type Begun = { state: TrustedState; expected: string | undefined; seq: number };
type Named = { name: string; bytes: Uint8Array };

const HEAD_MS = 30 * 86_400_000;
/** Changes whose signatures are checked at the same time. */
const TOGETHER = 64;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const listed = (state: TrustedState, most: number): TrustedFile[] => state.available.slice(0, most).flatMap((release) => Object.values(state.files(release) ?? {}));

export function createPublisher({ writer, store, now, breathe, recordLimit, published }: PublisherParts): Publisher {
  const digestOfTimestamp = async (): Promise<string | undefined> => {
    const found = await writer.read(TIMESTAMP, PACK_LIMITS.timestampBytes);
    if (found.state === 'found') return sha256(found.bytes);
    if (found.state === 'absent') return undefined;
    throw new Refused({ reason: 'unreadable', file: TIMESTAMP });
  };
  // Expiry does not stop a publisher, who is there to renew what has run out; going back in time does.
  const refresh = (kb: string): ReturnType<typeof refreshTrust> => refreshTrust(writer, store, kb, 0);

  const begin = async (kb: string): Promise<Begun> => {
    // Before the release is looked at: what comes after this may be of a later one.
    const seq = (await writer.live?.position())?.seq ?? 0;
    const expected = await digestOfTimestamp();
    const refreshed = await refresh(kb);
    if (refreshed.outcome === 'trusted') return { state: refreshed.state, expected, seq };
    // A change of trust that was cut off after its root: what was live is still known here and untouched there.
    const last = lastTrusted(store, kb);
    const stamp = store.metadata(kb).timestamp;
    if (refreshed.refusal.reason === 'untrusted-metadata' && last !== undefined && stamp !== undefined && sha256(stamp) === expected) return { state: last, expected, seq };
    throw new Refused(refreshed.refusal);
  };

  /** Signs releases, snapshot and time stamp over what is to be current, and swaps. */
  const swap = async ({ state, expected }: Begun, files: readonly TrustedFile[], targets: readonly Named[], by: Signer, release: number | undefined, policyFile?: { version: number; bytes: Uint8Array }): Promise<PublishOutcome> => {
    const { versions } = state;
    const at = now();
    const policy = policyFile ?? { version: versions.targets, bytes: store.metadata(state.policy.kb).targets ?? new Uint8Array() };
    const releases = { version: versions.releases + 1, bytes: signMetadata(buildReleases(files, versions.releases + 1, at), [by]) };
    const snapshot = { version: versions.snapshot + 1, bytes: signMetadata(buildSnapshot(policy, releases, versions.snapshot + 1, at), [by]) };
    const head = { name: TIMESTAMP, bytes: signMetadata(buildTimestamp(snapshot, versions.timestamp + 1, at), [by]) };
    return outcomeOf(await writer.publish({ files: [...targets, { name: releasesName(releases.version), bytes: releases.bytes }, { name: snapshotName(snapshot.version), bytes: snapshot.bytes }], head, expected }), release);
  };

  /** The pack in force, in the data folder. One that passed under this policy is not checked again. */
  const basePack = async (state: TrustedState): Promise<string | undefined> => {
    const { kb } = state.policy;
    if (state.release === undefined) return undefined;
    if (store.passed(kb, state.release, markOf(state, state.release))) return store.packFile(kb, state.release);
    const pause = createPacer(breathe);
    const checked = await fetchAndCheck(writer, store, state, state.release, NOTHING_STORED, { now, progress: pause });
    if (checked.outcome === 'refused') throw new Refused(checked.refusal);
    return store.packFile(kb, state.release);
  };

  type Content = { changes: ReadonlyMap<string, { signed: SignedChange; change: VerifiedChange }>; note: string; rollbackTo?: number; by: Signer; renew?: (signed: SignedChange) => Promise<SignedChange>; progress?: (records: number) => void };

  /** Writes the next release and swaps it in. */
  const release = async (begun: Begun, policy: TrustPolicy, content: Content, policyFile?: { version: number; bytes: Uint8Array; more: Named[] }): Promise<PublishOutcome> => {
    const { state } = begun;
    const number = (state.release ?? 0) + 1;
    const base = await basePack(state);
    return store.working<PublishOutcome>(policy.kb, async (folder) => {
      const { changes, renew, progress } = content;
      const merged: Merged | Conflicts = await mergePack({ base, changes, file: join(folder, 'pack.gz'), pause: createPacer(breathe), ...(renew === undefined ? {} : { renew }), ...(progress === undefined ? {} : { progress }) });
      if ('keys' in merged) return { outcome: 'conflict', keys: merged.keys };
      const packBytes = await readFile(merged.file);
      const infoBytes = Buffer.from(`${JSON.stringify(infoOf(policy, content, { release: number, seq: begun.seq }, merged, now()))}\n`);
      const pack = { name: packName(number), length: packBytes.length, sha256: await digestSoon(packBytes) };
      const info = { name: releaseName(number), length: infoBytes.length, sha256: sha256(infoBytes) };
      if (pack.length > PACK_LIMITS.packBytes) throw new Refused({ reason: 'too-large', file: pack.name, limit: PACK_LIMITS.packBytes });
      const files = [pack, info, ...listed(state, PACK_LIMITS.keptReleases - 1)];
      const targets = [{ name: targetName(pack.name, pack.sha256), bytes: packBytes }, { name: targetName(info.name, info.sha256), bytes: infoBytes }, ...(policyFile?.more ?? [])];
      const outcome = await swap(begun, files, targets, content.by, number, policyFile);
      if (outcome.outcome !== 'published') return outcome;
      // Made of lines that were checked here, so it is a good base for the next one without being checked again.
      if (policyFile === undefined) {
        await moveIntoPlace(merged.file, store.packFile(policy.kb, number));
        await writeFileAtomicSoon(store.releaseFile(policy.kb, number), infoBytes);
        await store.savePassed(policy.kb, number, `${pack.sha256} ${info.sha256} ${state.policyDigest}`);
      }
      await tidy(state, files);
      return outcome;
    });
  };

  /** Old packs nobody lists any more go; failing is no harm. */
  const tidy = async (state: TrustedState, files: readonly TrustedFile[]): Promise<void> => {
    const kept = new Set(files.map(({ name }) => name));
    for (const { name, sha256: digest } of listed(state, Infinity)) if (!kept.has(name)) await writer.remove(targetName(name, digest));
  };

  /** What is out stays out, whatever telling of it comes to. */
  const told = async (kb: string, outcome: PublishOutcome, changes?: readonly SignedChange[]): Promise<PublishOutcome> => {
    if (outcome.outcome === 'published' && published !== undefined) {
      await refresh(kb);
      await published(kb, changes);
    }
    return outcome;
  };

  const publish = async (request: PublishRequest): Promise<PublishOutcome> => {
    const limit = await recordLimit?.();
    const long = limit === undefined ? undefined : request.changes.find((change) => Buffer.byteLength(packLine(change)) > limit);
    if (long !== undefined) throw new Refused({ reason: 'too-large', file: long.subject, limit: limit ?? 0 });
    const begun = await begin(request.kb);
    const context = openContext(begun.state.policy);
    const changes = new Map<string, { signed: SignedChange; change: VerifiedChange }>();
    const pause = createPacer(breathe);
    for (let from = 0; from < request.changes.length; from += TOGETHER) {
      const batch = request.changes.slice(from, from + TOGETHER);
      for (const [at, opened] of (await openChanges(batch, context)).entries()) {
        const signed = batch[at];
        if (!opened.ok) throw new Refused(opened.refusal);
        if (changes.has(opened.change.key)) throw new Refused({ reason: 'duplicate-key', key: opened.change.key });
        if (signed !== undefined) changes.set(opened.change.key, { signed, change: opened.change });
      }
      await pause();
    }
    // More than a release lists are told of by the pack alone, which is shorter than they are one by one.
    return told(request.kb, await release(begun, begun.state.policy, { ...request, changes }), request.changes.length < LISTED_CHANGES ? request.changes : []);
  };

  return {
    create: (change, title, by) =>
      refusing<PublishOutcome & { fingerprint?: string }>(async () => {
        const expected = await digestOfTimestamp();
        if (expected !== undefined) return { outcome: 'overtaken' };
        needOwners(change, undefined);
        const at = now();
        const root = Buffer.from(change.root);
        const policy = { version: change.targetsVersion, bytes: Buffer.from(change.targets) };
        const releases = { version: 1, bytes: signMetadata(buildReleases([], 1, at), [by]) };
        const snapshot = { version: 1, bytes: signMetadata(buildSnapshot(policy, releases, 1, at), [by]) };
        const files = [{ name: rootName(change.rootVersion), bytes: root }, { name: targetsName(policy.version), bytes: policy.bytes }, { name: releasesName(1), bytes: releases.bytes }, { name: snapshotName(1), bytes: snapshot.bytes }];
        const put = await writer.publish({ files, head: { name: TIMESTAMP, bytes: signMetadata(buildTimestamp(snapshot, 1, at), [by]) }, expected });
        if (put.state !== 'written') return outcomeOf(put, undefined);
        const fingerprint = fingerprintOf(root);
        await store.savePin({ kb: change.kb, title, fingerprint, pinnedAt: at, by: 'created' }, root);
        return { outcome: 'published', release: undefined, fingerprint };
      }),

    publish: (request) => refusing(() => publish(request)),

    goBack: async ({ kb, file, rollbackTo, by }) => {
      const changes: SignedChange[] = [];
      const outcome = await refusing<PublishOutcome>(async () => {
        const { epoch } = (await begin(kb)).state.policy;
        for await (const differences of readDifferences(file)) {
          const versions = new Map(differences.map(({ wanted, ver }) => [wantedKey(wanted), ver]));
          for (const change of await signChanges({ kb, epoch, wanted: differences.map(({ wanted }) => wanted), liveVersion: (key) => versions.get(key) ?? 0, by, at: now() })) changes.push(change);
        }
        return publish({ kb, changes, note: '', rollbackTo, by });
      });
      return { ...outcome, changes: changes.length };
    },

    confirm: (kb, by) =>
      refusing<PublishOutcome>(async () => {
        const begun = await begin(kb);
        return swap(begun, listed(begun.state, Infinity), [], by, begun.state.release);
      }),

    changeTrust: (change, by) =>
      refusing<PublishOutcome>(async () => {
        const begun = await begin(change.kb);
        const { state } = begun;
        needOwners(change, store.metadata(change.kb).root);
        const cutOff = state.versions.root === change.rootVersion;
        if ((!cutOff && change.rootVersion !== state.versions.root + 1) || change.targetsVersion !== state.versions.targets + 1) return { outcome: 'overtaken' };
        const policy = policyIn(Buffer.from(change.targets));
        const more = [{ name: targetsName(change.targetsVersion), bytes: Buffer.from(change.targets) }, { name: rootName(change.rootVersion), bytes: Buffer.from(change.root) }];
        const policyFile = { version: change.targetsVersion, bytes: Buffer.from(change.targets), more };
        if (state.release === undefined) return swap(begun, [], more, by, undefined, policyFile);
        return told(change.kb, await release(begun, policy, { changes: new Map(), note: '', by, renew: renewer(openContext(policy), by) }, policyFile), []);
      }),

    live: refresh,

    isCurrent: async (kb, wanted) => {
      const refreshed = await refresh(kb);
      return refreshed.outcome === 'trusted' && refreshed.state.release === wanted;
    },

    packOf: async (kb, wanted) => {
      const refreshed = await refresh(kb);
      if (refreshed.outcome === 'refused') return refreshed;
      const checked = await fetchAndCheck(writer, store, refreshed.state, wanted, NOTHING_STORED, { now, progress: createPacer(breathe) });
      if (checked.outcome === 'verified') return { outcome: 'found', file: checked.release.file, info: checked.release.info };
      return { outcome: 'refused', refusal: checked.outcome === 'refused' ? checked.refusal : { reason: 'no-such-release', release: wanted } };
    },
  };
}

function needOwners(change: TrustChange, before: Uint8Array | undefined): void {
  const lacking = missingOwners(change, before);
  const open = Math.max(lacking.now, lacking.before);
  if (open > 0) throw new Refused({ reason: 'too-few-signatures', key: 'root', found: lacking.signed.length, needed: lacking.signed.length + open });
}

function infoOf({ kb, epoch, title }: TrustPolicy, { note, rollbackTo, by }: { note: string; rollbackTo?: number; by: Signer }, { release, seq }: { release: number; seq: number }, merged: Merged, at: number): ReleaseInfo {
  const head: SignedHead = { kb, epoch, ver: release, seq, count: merged.live, digests: merged.digests, expires: at + HEAD_MS };
  const { counts, listed: changes, changed } = merged;
  return { format: 1, kb, epoch, release, title, at, by: by.id, note, ...(rollbackTo === undefined ? {} : { rollbackTo }), counts, changes, changed, head: signText(HEAD_TYPE, JSON.stringify(head), [by]) };
}
