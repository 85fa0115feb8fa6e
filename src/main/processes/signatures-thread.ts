import { parentPort } from 'node:worker_threads';
import { serveSignatures } from '#main/features/packs/signature-threads.ts';
import { stepBackThread } from '#main/lib/step-back.ts';

stepBackThread();
if (parentPort !== null) serveSignatures(parentPort as never);
