import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { followChannel, openNats } from '../../../src/main/features/channels/index.ts';
import { openTrustStore } from '../../../src/main/features/packs/index.ts';
import { openDeskKnowledge } from './base.ts';
import { KB } from './records.ts';
import type { BenchDesk, BenchDeskOptions } from './store-desk.ts';

/** A desk as agents have it, without its windows: signatures, layers, search index, "What's new", position, signed head. */
export function openWholeDesk({ dir, template, name, servers, onFollowing, onApplied }: BenchDeskOptions): BenchDesk {
  const home = join(dir, name);
  cpSync(template, home, { recursive: true });
  const parts = openDeskKnowledge(home);
  const source = openNats({ servers, user: name });
  let told = false;
  const follower = followChannel({
    source, channel: 'nats', kb: KB, parts, store: openTrustStore(join(home, 'packs')), order: 100,
    // All begin in one moment: that is what is measured.
    pace: { spreadMs: 0 },
    onApplied: (_applied, keys) => {
      if (told) onApplied(keys);
    },
    onState: ({ phase }) => {
      if (phase === 'following') onFollowing();
    },
    warn: (message, details) => void process.stderr.write(`${name}: ${message} ${JSON.stringify(details)}\n`),
  });
  return {
    catchUp: async () => {
      await follower.catchUp();
      told = true;
      return follower.state().applied;
    },
    close: async () => {
      await follower.close();
      await source.close();
      parts.db.close();
    },
  };
}
