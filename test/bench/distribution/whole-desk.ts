import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointTruncate } from '../../../src/main/db/open.ts';
import { followChannel, openNats } from '../../../src/main/features/channels/index.ts';
import { openTrustStore } from '../../../src/main/features/packs/index.ts';
import { openDeskKnowledge } from './base.ts';
import { KB } from './records.ts';
import type { BenchDesk, BenchDeskOptions } from './store-desk.ts';

/** Pages of log a desk may gather before it moves them itself (64 MB): 200 desks share one disk here. */
const LOG_PAGES = 16_384;

/** The files of a desk: a copy of another one's. */
export async function prepareWholeDesk(dir: string, template: string, name: string): Promise<void> {
  await cp(template, join(dir, name), { recursive: true });
}

/** A desk as agents have it, without its windows: signatures, layers, search index, "What's new", position, signed head. */
export function openWholeDesk({ dir, name, servers, onFollowing, onApplied }: BenchDeskOptions): BenchDesk {
  const home = join(dir, name);
  const parts = openDeskKnowledge(home);
  parts.db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  const source = openNats({ servers, user: name });
  let told = false;
  let followed = false;
  const follower = followChannel({
    source, channel: 'nats', kb: KB, parts, store: openTrustStore(join(home, 'packs')), order: 100,
    // All begin in one moment: that is what is measured.
    pace: { spreadMs: 0 },
    onApplied: (_applied, keys) => {
      if (told) onApplied(keys);
    },
    onState: ({ phase }) => {
      if (phase !== 'following' || followed) return;
      followed = true;
      onFollowing();
    },
    warn: (message, details) => void process.stderr.write(`${name}: ${message} ${JSON.stringify(details)}\n`),
  });
  return {
    catchUp: async () => {
      await follower.catchUp();
      told = true;
      return follower.state().applied;
    },
    // What the app does between calls: small parts of the search index are joined, the log is moved into the file.
    settle: () => {
      for (const _ of parts.index.maintain()) continue;
      checkpointTruncate(parts.db);
    },
    close: async () => {
      await follower.close();
      await source.close();
      parts.db.close();
    },
  };
}
