import { statSync } from 'node:fs';
import { openDatabase } from '#main/db/open.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { openSearchIndex } from '#main/features/search/index.ts';
import { importCatalogue, inspectFile } from '#main/features/transfer/importer.ts';

// Imports a file on a connection of its own and kills itself: after so many rows, or at a step of the index.
const [database = '', file = '', where = ''] = process.argv.slice(2);
const db = openDatabase({ file: database, kind: 'knowledge', mustExist: true });
const { reading, mapping } = await inspectFile(file);
let indexing = 0;
await importCatalogue(
  { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now }), now: Date.now },
  { job: 'doomed', file, size: statSync(file).size, source: 'import:doomed', reading, mapping: { ...mapping, currency: 'EUR' } },
  {
    progress: (rows, _total, phase) => {
      if (phase === 'indexing') indexing = 1;
      else if (rows >= Number(where)) process.kill(process.pid, 'SIGKILL');
    },
    refused: () => undefined,
    cancelled: () => false,
    settle: () => {
      if (indexing > 0 && where === `step-${indexing++}`) process.kill(process.pid, 'SIGKILL');
      return Promise.resolve();
    },
  },
);
