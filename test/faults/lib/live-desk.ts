import { join } from 'node:path';
import { openDatabase } from '#main/db/open.ts';
import { followChannel, openNats } from '#main/features/channels/index.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { openTrustStore } from '#main/features/packs/index.ts';
import { openSearchIndex } from '#main/features/search/index.ts';

// A desk that follows a server until it agrees with the head of a release: `live-desk.mjs DIR URL RELEASE`.
const [dir = '', url = '', wanted = '1'] = process.argv.slice(2);
const db = openDatabase({ file: join(dir, 'knowledge.db'), kind: 'knowledge', mustExist: true });
const source = openNats({ servers: [url], user: 'desk-1' });
const follower = followChannel({
  source, channel: 'nats', kb: 'shop', order: 100,
  parts: { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now }), now: Date.now },
  store: openTrustStore(join(dir, 'packs')),
  // Small batches: more moments to die between.
  pace: { spreadMs: 0, settleMs: 0, againMs: 50, batchBytes: 12_000 },
  onState: ({ head }) => {
    if (head?.ver !== Number(wanted)) return;
    process.stdout.write('complete\n');
    void follower.close().then(() => source.close()).then(() => {
      db.close();
      process.exit(0);
    });
  },
});
