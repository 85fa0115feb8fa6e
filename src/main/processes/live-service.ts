import { join } from 'node:path';
import { openDatabase } from '#main/db/open.ts';
import { followChannel, openPlace, shareOf, type ChangeSource, type Follower, type InstallParts, type Permit, type ReleaseWanted } from '#main/features/channels/index.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { openTrustStore } from '#main/features/packs/index.ts';
import { openSearchIndex } from '#main/features/search/index.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import type { ImportContract, LiveWanted } from './internal-contract.ts';
import { packsDir } from './packs-dir.ts';
import type { ProcessConfig } from './protocol.ts';
import type { ServeTools } from './serve.ts';

/** Small: this process writes and never searches for anybody. */
const CACHE_BYTES = 4 * 1_048_576;

/** Follows live channels in the process that checks and installs: away from calls, notes, searches and every window. */
export function createLiveService(config: ProcessConfig, tools: ServeTools) {
  const followed: { follower: Follower; source: ChangeSource; bytesPerSecond: number | undefined }[] = [];
  let share = 1;
  const asked = new Map<number, () => void>();
  let parts: InstallParts | undefined;
  let asks = 0;

  const open = (): InstallParts => {
    const db = openDatabase({ file: join(config.dataDir, 'knowledge.db'), kind: 'knowledge', mustExist: true });
    // Moving the log into the file is the keeper's work between calls.
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('cache_size = -8000');
    return { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now, cacheBytes: CACHE_BYTES }), now: Date.now };
  };
  /** Asks the main process, and goes on when it answers. */
  const ask = (name: 'live.ask' | 'live.release', id: string, why?: ReleaseWanted): Promise<number> =>
    new Promise((resolve) => {
      const number = ++asks;
      asked.set(number, () => resolve(number));
      tools.publish(name, { ask: number, id, ...(why === undefined ? {} : { why }) });
    });
  const answered = (number: number): void => {
    const go = asked.get(number);
    asked.delete(number);
    go?.();
  };

  const follow = ({ id, place, kb, order, spreadMs, onlyWhenAsked }: LiveWanted): void => {
    parts ??= open();
    const source = openPlace(place);
    const follower = followChannel({
      source, kb, order, parts, onlyWhenAsked,
      channel: id,
      store: openTrustStore(packsDir(config.dataDir)),
      permit: async (): Promise<Permit> => {
        const number = await ask('live.ask', id);
        return (applied) => tools.publish('live.wrote', { ask: number, id, changed: applied?.changed ?? 0 });
      },
      release: async (why) => void (await ask('live.release', id, why)),
      onState: (state) => tools.publish('live.state', { id, state }),
      warn: (message, details) => tools.log('warn', message, { ...details, channel: id }),
      // Whoever asks does not wait for others.
      pace: { spreadMs: onlyWhenAsked ? 0 : spreadMs },
    });
    const bytesPerSecond = place.kind === 'nats' ? place.bytesPerSecond : undefined;
    source.limit?.(shareOf(bytesPerSecond ?? null, share));
    followed.push({ follower, source, bytesPerSecond });
  };

  const handlers: Pick<Handlers<ImportContract, 'knowledge'>, Extract<keyof ImportContract, `live.${string}`>> = {
    'live.follow': (wanted) => {
      follow(wanted);
      return {};
    },
    'live.grant': ({ ask: number }) => {
      answered(number);
      return {};
    },
    'live.released': ({ ask: number }) => {
      if (number === undefined) for (const { follower } of followed) follower.released();
      else answered(number);
      return {};
    },
    'live.line': (next) => {
      share = next.share;
      for (const { source, bytesPerSecond } of followed) source.limit?.(shareOf(bytesPerSecond ?? null, share));
      return {};
    },
    'live.catch-up': async () => {
      await Promise.all(followed.map(({ follower }) => follower.catchUp()));
      return {};
    },
  };
  return {
    handlers,
    close: async (): Promise<void> => {
      for (const { follower, source } of followed) {
        await follower.close();
        await source.close();
      }
      parts?.db.close();
    },
  };
}
