import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { digestSoon } from '#main/lib/digest.ts';
import { markOf, openHead, readInfo, type VerifiedRelease } from './check-release.ts';
import { releasesName, rootName, snapshotName, targetName, targetsName } from './names.ts';
import { openContext } from './open-change.ts';
import type { TrustedState } from './refresh-trust.ts';
import type { TrustStore } from './trust-store.ts';

/** A release whose pack lies in the data folder and has passed every check: what an install needs of it. */
export type KeptRelease = Pick<VerifiedRelease, 'info' | 'head' | 'state' | 'file' | 'sha256'>;

/** Opens a checked release without its channel. Undefined when it was not checked under this very policy. */
export function openKept(store: TrustStore, state: TrustedState, release: number): KeptRelease | undefined {
  const { kb } = state.policy;
  const files = state.files(release);
  if (files === undefined || !store.passed(kb, release, markOf(state, release))) return undefined;
  const info = readInfo(readFileSync(store.releaseFile(kb, release)), files.info.name, state.policy, release);
  return { info, head: openHead(info.head, openContext(state.policy)), state, file: store.packFile(kb, release), sha256: files.pack.sha256 };
}

/** The newest release of a state whose pack lies here and is good; older ones when the newest came without its pack, as single changes do. */
export function newestKept(store: TrustStore, state: TrustedState): KeptRelease | undefined {
  for (const release of state.available) {
    const kept = openKept(store, state, release);
    if (kept !== undefined) return kept;
  }
  return undefined;
}

/** Every file of a trusted state that lies here, by the name it has in a channel: metadata, and the packs with what they say about themselves. */
export async function keptFiles(store: TrustStore, state: TrustedState): Promise<{ name: string; bytes: Uint8Array }[]> {
  const { kb } = state.policy;
  const { root, snapshot, targets, releases } = store.metadata(kb);
  const files: { name: string; bytes: Uint8Array }[] = [];
  const add = (name: string, bytes: Uint8Array | undefined): void => void (bytes === undefined ? undefined : files.push({ name, bytes }));
  for (const release of state.available) {
    const kept = openKept(store, state, release);
    const targetsOf = state.files(release);
    if (kept === undefined || targetsOf === undefined) continue;
    const pack = await readFile(kept.file);
    if ((await digestSoon(pack)) !== kept.sha256) continue;
    add(targetName(targetsOf.pack.name, targetsOf.pack.sha256), pack);
    add(targetName(targetsOf.info.name, targetsOf.info.sha256), readFileSync(store.releaseFile(kb, release)));
  }
  add(rootName(state.versions.root), root);
  add(targetsName(state.versions.targets), targets);
  add(releasesName(state.versions.releases), releases);
  add(snapshotName(state.versions.snapshot), snapshot);
  return files;
}
