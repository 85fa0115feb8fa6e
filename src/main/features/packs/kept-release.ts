import { readFileSync } from 'node:fs';
import { markOf, openHead, readInfo, type VerifiedRelease } from './check-release.ts';
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
