import { changesOf, checkChannel, installFacts } from '#main/features/packs/index.ts';
import type { FollowOptions, ReleaseWanted } from './follow-state.ts';
import { installRelease } from './install-release.ts';
import { mendingVersions, storedVersions } from './stored-versions.ts';

/** Checks and installs the newest release on the follower's own connection: for a desk without processes of its own, as in a measurement. */
export async function releaseHere({ source, store, kb, parts, order }: Pick<FollowOptions, 'source' | 'store' | 'kb' | 'parts' | 'order'>, why: ReleaseWanted): Promise<void> {
  const stored = why === 'repair' ? mendingVersions(parts.db, kb) : storedVersions(parts.db, kb);
  const checked = await checkChannel(source, store, kb, stored, { now: parts.now });
  if (checked.outcome !== 'verified') return;
  const known = stored.epoch === checked.release.info.epoch ? storedVersions(parts.db, kb) : { get: () => undefined };
  await installRelease(parts, { ...installFacts(checked.release), order }, changesOf(checked.release, known));
  store.prune(kb);
}
