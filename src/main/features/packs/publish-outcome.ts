import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { RepositoryWriter } from './ports.ts';

/** How an attempt to publish ended. Only `published` changed anything that desks see. */
export type PublishOutcome =
  | { outcome: 'published'; release: number | undefined }
  /** Somebody else published since: look at what they published, then try again. */
  | { outcome: 'overtaken' }
  /** Changes made against another version than the one that is live. */
  | { outcome: 'conflict'; keys: { key: string; live: number; signed: number }[] }
  /** The channel cannot be written just now. */
  | { outcome: 'channel'; state: 'read-only' | 'full' | 'busy' | 'gone' }
  | { outcome: 'refused'; refusal: PackRefusal };

type Put = Awaited<ReturnType<RepositoryWriter['publish']>>;

export function outcomeOf(put: Put, release: number | undefined): PublishOutcome {
  switch (put.state) {
    case 'written':
      return { outcome: 'published', release };
    case 'conflict':
      return { outcome: 'overtaken' };
    default:
      return { outcome: 'channel', state: put.state };
  }
}
