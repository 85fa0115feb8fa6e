import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HEAD_TYPE, type Envelope, type SignedChange } from '#shared/domain/packs/change.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import { isPassing, type PackRefusal } from '#shared/domain/packs/refusal.ts';
import { releaseInfoSchema, signedHeadSchema, type ReleaseInfo, type SignedHead } from '#shared/domain/packs/release.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import { syncFolderSoon, writeFileAtomicSoon } from '#main/lib/atomic-file.ts';
import { digestOfFile } from '#main/lib/digest.ts';
import { createBuckets } from './digests.ts';
import { isGenuine, type KeyRing } from './dsse.ts';
import { fetchTarget } from './fetch-target.ts';
import { allSignaturesSuffice, openContext, parseVerified, readLine, textDigest, type OpenContext, type ParseText, type VerifiedChange } from './open-change.ts';
import { packLines, Refused, refusing, tryUnpacking, type UnpackLimits } from './pack-file.ts';
import type { FileSource } from './ports.ts';
import { checkSoon, type CheckSignatures, type SignatureKeys, type SignatureThreads } from './signature-threads.ts';
import { refreshTrust, type TrustedState } from './refresh-trust.ts';
import type { TrustStore } from './trust-store.ts';

/** What a desk has of a knowledge base: versions and digests, by key. */
export type StoredVersions = {
  /** Release in use; undefined: none. */
  release: number | undefined;
  epoch: number | undefined;
  /** The policy everything stored was checked against. */
  policyDigest: string | undefined;
  /** `live`: it came by itself after its release was published, and may be newer than the release looked at. */
  get(key: string): { ver: number; digest: string; deleted: boolean; live?: boolean } | undefined;
  /** Keys of every live record that came with a release. */
  liveKeys(): Iterable<string>;
};

export const NOTHING_STORED: StoredVersions = { release: undefined, epoch: undefined, policyDigest: undefined, get: () => undefined, liveKeys: () => [] };

/** A release that may be installed: its file lies in the data folder, every signature in it was good. */
export type VerifiedRelease = {
  info: ReleaseInfo;
  head: SignedHead;
  state: TrustedState;
  /** The pack in the data folder, and what it must still be when it is installed. */
  file: string;
  sha256: string;
  /** Records that differ from what is stored: these are what an install writes. */
  changed: number;
  total: number;
};

export type CheckHooks = {
  /** The desk's clock, UTC ms. */
  now: () => number;
  /** Records checked so far. Called between batches; checking goes on when it is done. */
  progress?: (records: number) => void | Promise<void>;
  /** Parser of everything that has to be verified first. Tests pass one that throws. */
  parse?: ParseText;
  limits?: UnpackLimits;
  /** Starts threads that check signatures; without it Node's own do. Closed when the check is over. */
  threads?: (keys: SignatureKeys) => SignatureThreads;
};

export type Checked =
  | { outcome: 'verified'; release: VerifiedRelease }
  /** The release in use is the newest, and its signatures are still good under the newest policy. */
  | { outcome: 'up-to-date'; state: TrustedState }
  | { outcome: 'nothing-published'; state: TrustedState }
  | { outcome: 'refused'; refusal: PackRefusal };

/**
 * Looks at a channel and checks what is new: metadata, then the file as a whole, then every signature,
 * then completeness. What it returns as verified has only to be installed. Never changes what is in use.
 */
export async function checkChannel(source: FileSource, store: TrustStore, kb: string, stored: StoredVersions, hooks: CheckHooks): Promise<Checked> {
  const refreshed = await refreshTrust(source, store, kb, hooks.now());
  if (refreshed.outcome === 'refused') return refreshed;
  const { state } = refreshed;
  if (state.release === undefined) return { outcome: 'nothing-published', state };
  if (stored.release !== undefined && stored.epoch === state.policy.epoch) {
    if (state.release < stored.release) return { outcome: 'refused', refusal: { reason: 'rollback', file: `release-${state.release}` } };
    if (state.release === stored.release && stored.policyDigest === state.policyDigest) return { outcome: 'up-to-date', state };
  }
  const mark = markOf(state, state.release);
  const before = store.refused(kb, mark);
  if (before !== undefined) return { outcome: 'refused', refusal: before };
  const checked = await fetchAndCheck(source, store, state, state.release, stored, hooks);
  // What a copy under way can mend is tried again; what is wrong with the release itself stays wrong.
  if (checked.outcome === 'refused' && !isPassing(checked.refusal) && checked.refusal.reason !== 'hash-mismatch') await store.saveRefused(kb, mark, checked.refusal);
  return checked;
}

/** Tells one thing to check from another: the file, and the policy it is checked against. */
export function markOf(state: TrustedState, release: number): string {
  return `${state.files(release)?.pack.sha256 ?? ''} ${state.files(release)?.info.sha256 ?? ''} ${state.policyDigest}`;
}

/** Fetches one release of a trusted state and checks all of it. */
export function fetchAndCheck(source: FileSource, store: TrustStore, state: TrustedState, release: number, stored: StoredVersions, hooks: CheckHooks): Promise<Checked> {
  const kb = state.policy.kb;
  const work = async (folder: string): Promise<Checked> => {
    const files = state.files(release);
    if (files === undefined) throw new Refused({ reason: 'no-such-release', release });
    const infoBytes = await fetchTarget(source, files.info, PACK_LIMITS.releaseBytes);
    const file = store.packFile(kb, release);
    // Only what has passed every check takes a place among the last good ones.
    const known = (await digestOfFile(file)) === files.pack.sha256;
    const incoming = known ? file : join(folder, files.pack.name);
    if (!known) await writeGently(incoming, await fetchTarget(source, files.pack, PACK_LIMITS.packBytes));
    const info = readInfo(infoBytes, files.info.name, state.policy, release, hooks.parse);
    const checked = await checkPack(incoming, files.pack.name, state, info, stored, hooks);
    if (!known) await moveIntoPlace(incoming, file);
    await writeFileAtomicSoon(store.releaseFile(kb, release), infoBytes);
    await store.savePassed(kb, release, markOf(state, release));
    return { outcome: 'verified', release: { ...checked, info, state, file, sha256: files.pack.sha256 } };
  };
  return refusing(() => store.working(kb, work));
}

/** Written and flushed at one go (bytes). */
const PIECE = 1_048_576;

/** Brings a long file to the disk a piece at a time: a note that is saved meanwhile waits for one piece, not for all of it. */
async function writeGently(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      await handle.writeFile(bytes.subarray(at, at + PIECE));
      await handle.datasync();
    }
  } finally {
    await handle.close();
  }
}

/** Puts a whole file in use: flushed, then renamed. Both in the data folder. */
export async function moveIntoPlace(from: string, to: string): Promise<void> {
  const handle = await open(from, 'r+');
  await handle.sync().finally(() => handle.close());
  await rename(from, to);
  await syncFolderSoon(dirname(to));
}

/** What a release says about itself. Its bytes were checked as a whole before. */
export function readInfo(bytes: Uint8Array, file: string, policy: TrustPolicy, release: number, parse: ParseText = JSON.parse): ReleaseInfo {
  const parsed = releaseInfoSchema.safeParse(attempt(() => parse(Buffer.from(bytes).toString('utf8'))));
  if (!parsed.success) throw new Refused({ reason: 'bad-metadata', file });
  const info = parsed.data;
  if (info.kb !== policy.kb) throw new Refused({ reason: 'wrong-kb', expected: policy.kb, found: info.kb });
  if (info.epoch !== policy.epoch) throw new Refused({ reason: 'wrong-epoch', expected: policy.epoch, found: info.epoch });
  if (info.release !== release) throw new Refused({ reason: 'rollback', file });
  return info;
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Reads a signed head after checking that an approver signed it. Throws `Refused`. */
export function openHead(envelope: Envelope, { policy, ring, parse }: OpenContext): SignedHead {
  const key = 'head';
  const payload = Buffer.from(envelope.text);
  const approvers = new Set(policy.keys.filter(({ roles }) => roles.includes('approver')).map(({ id }) => id));
  const signature = envelope.signatures.find(({ keyid }) => approvers.has(keyid));
  if (envelope.payloadType !== HEAD_TYPE || signature === undefined) throw new Refused(notApproved(policy, envelope, key));
  if (!genuine(ring, envelope, payload, signature)) throw new Refused({ reason: 'bad-signature', key, signer: signature.keyid });
  const parsed = signedHeadSchema.safeParse(attempt(() => parse(envelope.text)));
  if (!parsed.success) throw new Refused({ reason: 'bad-record', key, detail: (parsed.error.issues[0]?.path ?? []).join('.').slice(0, 400) });
  const head = parsed.data;
  if (head.kb !== policy.kb) throw new Refused({ reason: 'wrong-kb', expected: policy.kb, found: head.kb });
  if (head.epoch !== policy.epoch) throw new Refused({ reason: 'wrong-epoch', expected: policy.epoch, found: head.epoch });
  return head;
}

function genuine(ring: KeyRing, envelope: Envelope, payload: Uint8Array, signature: Envelope['signatures'][number]): boolean {
  const key = ring(signature.keyid);
  return key !== undefined && isGenuine(key, envelope.payloadType, payload, signature);
}

function notApproved(policy: TrustPolicy, { signatures }: Envelope, key: string): PackRefusal {
  const signer = signatures[0]?.keyid;
  const revoked = policy.revoked.find(({ id }) => id === signer);
  if (signer !== undefined && revoked !== undefined) return { reason: 'revoked-key', key, signer, name: revoked.name };
  if (signer !== undefined && !policy.keys.some(({ id }) => id === signer)) return { reason: 'unknown-key', key, signer };
  return { reason: 'no-approver', key };
}

/** Batches whose signatures are under way while one is looked at: enough to keep two threads busy. */
const AHEAD = 4;
/** So many records to be checked are worth threads of their own, which take a moment to start. */
const MANY = 2_000;

/** Checks every line of a pack against the policy, what is stored, and the head. Throws `Refused`. */
async function checkPack(file: string, name: string, state: TrustedState, info: ReleaseInfo, stored: StoredVersions, hooks: CheckHooks): Promise<{ head: SignedHead; changed: number; total: number }> {
  const keeping = stored.epoch === state.policy.epoch && stored.policyDigest === state.policyDigest;
  const live = Object.values(info.counts).reduce((sum, count) => sum + count, 0);
  const threads = (keeping ? info.changed.added + info.changed.changed : live) < MANY ? undefined : hooks.threads?.(state.policy.keys);
  try {
    return await checkLines(file, name, state, info, stored, hooks, threads?.check);
  } finally {
    threads?.close();
  }
}

async function checkLines(file: string, name: string, state: TrustedState, info: ReleaseInfo, stored: StoredVersions, hooks: CheckHooks, by: CheckSignatures | undefined): Promise<{ head: SignedHead; changed: number; total: number }> {
  // Once through without looking: a pack that swells is refused before any line of it is parsed.
  await tryUnpacking(file, name, hooks.limits);
  const context = openContext(state.policy, hooks.parse);
  const check = by ?? checkSoon(context);
  const head = openHead(info.head, context);
  if (head.ver !== info.release) throw new Refused({ reason: 'rollback', file: `release-${info.release}` });
  const sameEpoch = stored.epoch === state.policy.epoch;
  const trusted = sameEpoch && stored.policyDigest === state.policyDigest;
  const known = sameEpoch ? stored : NOTHING_STORED;
  const seen = new Set<string>();
  const buckets = createBuckets();
  let changed = 0;

  /** Lines read together. What is stored byte for byte and was checked under this very policy is not checked again. */
  const begin = (lines: readonly string[]): Batch => {
    const batch = lines.map((line): Begun => {
      const read = readLine(line, ++number);
      if (!read.ok) throw new Refused(read.refusal);
      const { signed } = read;
      const before = known.get(signed.subject);
      return trusted && before !== undefined && before.digest === textDigest(signed.text) ? { key: signed.subject, stored: before } : { signed, before };
    });
    const asked = batch.flatMap((one) => ('signed' in one ? [one.signed] : []));
    const refusals = asked.length === 0 ? Promise.resolve([]) : allSignaturesSuffice(asked, context, check);
    // Whoever waits for it comes later; a refusal before that must not count as nobody's.
    refusals.catch(() => undefined);
    return { batch, refusals };
  };
  const finish = async ({ batch, refusals: coming }: Batch): Promise<void> => {
    const refusals = await coming;
    let asked = 0;
    for (const begun of batch) {
      const change = 'stored' in begun ? { key: begun.key, ...begun.stored } : settle(begun, refusals[asked++], context);
      if (seen.has(change.key)) throw new Refused({ reason: 'duplicate-key', key: change.key });
      seen.add(change.key);
      if (!change.deleted) buckets.add(change);
      if (!('stored' in begun) && begun.before?.digest !== change.digest && change.ver >= (begun.before?.ver ?? 0)) changed += 1;
    }
    await hooks.progress?.(seen.size);
  };

  // While the signatures of some batches are checked on other threads, the records of one before are looked at on this one.
  let number = 0;
  const waiting: Batch[] = [];
  for await (const lines of packLines(file, name, hooks.limits)) {
    waiting.push(begin(lines));
    const next = waiting.length > AHEAD ? waiting.shift() : undefined;
    if (next !== undefined) await finish(next);
  }
  for (const batch of waiting) await finish(batch);
  if (sameEpoch) for (const key of stored.liveKeys()) if (!seen.has(key)) throw new Refused({ reason: 'missing-record', key });
  const digests = buckets.digests();
  if (buckets.count() !== head.count || digests.some((digest, at) => digest !== head.digests[at])) {
    throw new Refused({ reason: 'incomplete', count: buckets.count(), expected: head.count });
  }
  return { head, changed, total: seen.size };
}

type Stored = { ver: number; digest: string; deleted: boolean; live?: boolean };
type Begun = { signed: SignedChange; before: Stored | undefined } | { key: string; stored: Stored };
/** Lines read together, and why the signatures of those that have to be checked do not suffice, in their order. */
type Batch = { batch: Begun[]; refusals: Promise<(PackRefusal | undefined)[]> };

/** What a line says: parsed only once its signatures were found to suffice. Throws `Refused`. */
function settle({ signed, before }: Extract<Begun, { signed: unknown }>, refused: PackRefusal | undefined, context: OpenContext): Stored & { key: string } {
  if (refused !== undefined) throw new Refused(refused);
  const opened = parseVerified(signed, context);
  if (!opened.ok) throw new Refused(opened.refusal);
  const { key, ver, digest } = opened.change;
  if (before !== undefined && ver < before.ver && before.live !== true) throw new Refused({ reason: 'replay', key, found: ver, stored: before.ver });
  if (before !== undefined && ver === before.ver && digest !== before.digest) throw new Refused({ reason: 'forked', key, ver });
  return { key, ver, digest, deleted: opened.change.line === undefined };
}

/**
 * The changes of a verified release that differ from what is stored, in batches. The file is compared
 * with its hash once more, so that what is installed is what was checked; signatures are not checked twice.
 */
export async function* changesOf(release: Pick<VerifiedRelease, 'file' | 'sha256' | 'state'>, stored: Pick<StoredVersions, 'get'>): AsyncGenerator<VerifiedChange[]> {
  if ((await digestOfFile(release.file)) !== release.sha256) throw new Refused({ reason: 'hash-mismatch', file: release.file });
  const context = { policy: release.state.policy, parse: JSON.parse as ParseText };
  for await (const lines of packLines(release.file, release.file)) {
    const batch: VerifiedChange[] = [];
    for (const line of lines) {
      const read = readLine(line, 0);
      if (!read.ok) throw new Refused(read.refusal);
      const before = stored.get(read.signed.subject);
      if (before !== undefined && before.digest === textDigest(read.signed.text)) continue;
      const opened = parseVerified(read.signed, context);
      if (!opened.ok) throw new Refused(opened.refusal);
      batch.push(opened.change);
    }
    yield batch;
  }
}

/** What an install notes about a verified release, besides the records. */
export function installFacts({ info, head, state }: Pick<VerifiedRelease, 'info' | 'head' | 'state'>) {
  const { kb, title, epoch, release, note, rollbackTo } = info;
  return { kb, title, epoch, release, note, ...(rollbackTo === undefined ? {} : { rollbackTo }), publishedAt: info.at, seq: head.seq, count: head.count, expires: state.expires, policyDigest: state.policyDigest };
}
