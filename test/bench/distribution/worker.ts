import { clockNow, type FromWorker, type ToWorker } from './protocol.ts';
import { openStoreDesk, type BenchDesk } from './store-desk.ts';
import { openWholeDesk } from './whole-desk.ts';

/** One process full of desks. Forked by `measure.ts`. */
const post = (message: FromWorker): void => void process.send?.(message);
const desks: BenchDesk[] = [];

async function start({ engine, dir, template, servers, desks: names }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
  const open = engine === 'store' ? openStoreDesk : openWholeDesk;
  for (const name of names) desks.push(open({ dir, template, name, servers, onFollowing: () => post({ kind: 'following', desk: name }), onApplied: (changes) => post({ kind: 'applied', at: clockNow(), changes: [...changes] }) }));
  const from = performance.now();
  await Promise.all(names.map(async (desk, at) => post({ kind: 'caught-up', desk, records: (await desks[at]?.catchUp()) ?? 0, ms: performance.now() - from })));
}

process.on('message', (message: ToWorker) => {
  const work = message.kind === 'start' ? start(message) : Promise.all(desks.map((desk) => desk.close())).then(() => process.exit(0));
  work.catch((cause: unknown) => post({ kind: 'failed', why: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }));
});
