import { createPacer, fetchTarget, keptFiles, lastTrusted, newestKept, openSignedChange, openSignedHead, packLine, packLines, readLine, refreshTrust, TIMESTAMP, trustContext, type KeptRelease, type OpenContext, type TrustedState, type TrustStore } from '#main/features/packs/index.ts';
import type { SignedChange } from '#shared/domain/packs/change.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import { LISTED_CHANGES, releaseInfoSchema } from '#shared/domain/packs/release.ts';
import type { Announced, ChangeSource, JudgeLive, LiveChanges, WriteOutcome } from './change-source.ts';
import { digestOf } from './folder-source.ts';

export type AnnounceOutcome =
  /** Said to all desks: `records` changes and the head. */
  | { state: 'announced'; records: number }
  /** The channel carries no single changes, or nothing of this base is kept here. */
  | { state: 'nothing' }
  | Exclude<WriteOutcome, { state: 'written' }>;

export type AnnounceParts = { source: ChangeSource; store: TrustStore; kb: string };

/**
 * Tells desks what the newest release changed: exactly those records, then the signed head. Needs no key: what is told
 * was signed before. Said again it repeats the head, so that desks can see that nothing is missing; where the channel
 * was set back or emptied, it brings what is lost. `changes` saves reading the pack when they are at hand.
 */
export async function announceNewest({ source, store, kb }: AnnounceParts, changes?: readonly SignedChange[]): Promise<AnnounceOutcome> {
  const { live } = source;
  const state = lastTrusted(store, kb);
  const kept = state === undefined ? undefined : newestKept(store, state);
  if (live === undefined || state === undefined || kept === undefined || kept.info.release !== state.release) return { state: 'nothing' };
  const open = trustContext(state.policy);
  const there = await live.head(kb);
  const told = there === undefined ? undefined : openSignedHead(there, open);
  const ver = told?.ok === true ? told.head.ver : undefined;
  // Another desk has told of a newer release: nothing here is newer than that.
  if (ver !== undefined && ver > kept.info.release) return { state: 'announced', records: 0 };
  const wanted = ver === kept.info.release ? [] : (changes ?? (await changedSince(source, state, kept, ver)));
  const records = wanted.map((signed) => ({ name: signed.subject, ver: (JSON.parse(signed.text) as { ver: number }).ver, bytes: Buffer.from(packLine(signed)) }));
  const most = await live.mostBytes();
  // A record that is too long for the channel comes with the release.
  const fitting = records.filter(({ bytes }) => bytes.length <= most);
  return tell(live, kb, fitting, kept, open);
}

async function tell(live: LiveChanges, kb: string, records: readonly Announced[], kept: KeptRelease, open: OpenContext): Promise<AnnounceOutcome> {
  const head = { kb, ver: kept.info.release, bytes: Buffer.from(JSON.stringify(kept.info.head)) };
  const outcome = await live.announce(records, head, judgeWith(open));
  return outcome.state === 'written' ? { state: 'announced', records: records.length } : outcome;
}

/** What stands in a channel counts only when it is genuine: junk with a high number must not keep good records out. */
export function judgeWith(open: OpenContext): JudgeLive {
  return (name, bytes) => {
    if (name === undefined) {
      const opened = openSignedHead(bytes, open);
      return opened.ok ? opened.head.ver : undefined;
    }
    const opened = openSignedChange(name, bytes, open);
    return opened.ok ? opened.change.ver : undefined;
  };
}

/** Records that releases after `ver` changed, from the kept pack. Many are told of by the pack alone: it is shorter than they are one by one. */
async function changedSince(source: ChangeSource, state: TrustedState, kept: KeptRelease, ver: number | undefined): Promise<SignedChange[]> {
  const keys = new Set<string>();
  for (let release = kept.info.release; release > (ver ?? kept.info.release - 1); release -= 1) {
    const info = release === kept.info.release ? kept.info : await infoOf(source, state, release);
    if (info === undefined || info.changes.length >= LISTED_CHANGES) return [];
    for (const { key } of info.changes) keys.add(key);
    if (keys.size > LISTED_CHANGES) return [];
  }
  if (keys.size === 0) return [];
  const found: SignedChange[] = [];
  const pause = createPacer();
  for await (const lines of packLines(kept.file, 'pack')) {
    for (const line of lines) {
      const read = readLine(line, 0);
      if (read.ok && keys.has(read.signed.subject)) found.push(read.signed);
      await pause();
    }
  }
  return found;
}

async function infoOf(source: ChangeSource, state: TrustedState, release: number) {
  const file = state.files(release)?.info;
  if (file === undefined) return undefined;
  try {
    return releaseInfoSchema.parse(JSON.parse(Buffer.from(await fetchTarget(source, file, PACK_LIMITS.releaseBytes)).toString('utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Brings a channel that was set back, or emptied, up to what this desk has: files of the newest release with their
 * metadata as they were signed, then the records and the head. Needs no key and makes nothing new; compare and set, so
 * that a publisher who is at it at the same time wins. True when files had to be brought.
 */
export async function reviveRelease({ source, store, kb }: AnnounceParts): Promise<boolean> {
  const before = await source.read(TIMESTAMP, PACK_LIMITS.timestampBytes);
  const own = store.metadata(kb);
  if (own.timestamp === undefined || (before.state !== 'found' && before.state !== 'absent')) return false;
  if (before.state === 'found') {
    if (own.timestamp.equals(Buffer.from(before.bytes))) return false;
    const refreshed = await refreshTrust(source, store, kb, 0);
    // Newer than what is here, or damaged in a way that an older state would hide.
    if (refreshed.outcome === 'trusted' || refreshed.refusal.reason !== 'rollback') return false;
  }
  const state = lastTrusted(store, kb);
  const kept = state === undefined ? undefined : newestKept(store, state);
  if (state === undefined || kept === undefined || kept.info.release !== state.release) return false;
  const outcome = await source.publish({ files: await keptFiles(store, state), head: { name: TIMESTAMP, bytes: own.timestamp }, expected: before.state === 'found' ? digestOf(before.bytes) : undefined });
  return outcome.state === 'written';
}
