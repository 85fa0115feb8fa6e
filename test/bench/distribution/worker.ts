import { clockNow, type FromWorker, type ToWorker } from './protocol.ts';
import { openStoreDesk, type BenchDesk } from './store-desk.ts';
import { openWholeDesk, prepareWholeDesk } from './whole-desk.ts';

const TELL_MS = 200;

/** One process full of desks. Forked by `desk-processes.ts`. */
const post = (message: FromWorker): void => void process.send?.(message);
let wanted: Extract<ToWorker, { kind: 'prepare' }> | undefined;
let desks: BenchDesk[] = [];
let applied: { at: number; changes: readonly string[] }[] = [];

/** Many at once: telling is no part of what is measured. */
function onApplied(changes: readonly string[]): void {
  if (applied.length === 0) setTimeout(() => {
    post({ kind: 'applied', applied });
    applied = [];
  }, TELL_MS);
  applied.push({ at: clockNow(), changes });
}

async function go(): Promise<void> {
  if (wanted === undefined) return;
  const { engine, dir, servers, desks: names } = wanted;
  const from = performance.now();
  const open = engine === 'store' ? openStoreDesk : openWholeDesk;
  desks = names.map((name) => open({ dir, name, servers, onFollowing: () => post({ kind: 'following', desk: name }), onApplied }));
  await Promise.all(names.map(async (desk, at) => post({ kind: 'caught-up', desk, records: (await desks[at]?.catchUp()) ?? 0, ms: performance.now() - from })));
}

async function close(some: readonly BenchDesk[]): Promise<void> {
  for (const desk of some) await desk.close();
}

async function work(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'prepare':
      wanted = message;
      if (message.engine === 'desk') for (const name of message.desks) await prepareWholeDesk(message.dir, message.template, name);
      return post({ kind: 'done', what: 'prepare' });
    case 'go':
      return go();
    case 'settle':
      for (const desk of desks) desk.settle();
      return post({ kind: 'done', what: 'settle' });
    case 'keep':
      await close(desks.splice(message.desks));
      return post({ kind: 'done', what: 'keep' });
    case 'stop':
      await close(desks);
      process.exit(0);
  }
}

// Who measures tells when it is over, also after Ctrl-C; without it there is nothing left to do.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(1));
process.on('message', (message: ToWorker) => {
  work(message).catch((cause: unknown) => post({ kind: 'failed', why: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }));
});
