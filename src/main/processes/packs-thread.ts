import { parentPort, workerData } from 'node:worker_threads';
import { servePackTasks } from '#main/features/packs/index.ts';
import { stepBackThread } from '#main/lib/step-back.ts';

// Part of the main process: a signer's key comes here as a handle and never leaves it.
stepBackThread();
if (parentPort !== null) servePackTasks(parentPort as never, (workerData as { dir: string }).dir);
