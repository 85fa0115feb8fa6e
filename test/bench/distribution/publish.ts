import { natsNames, openLink, type NatsLink } from '../../../src/main/features/channels/index.ts';
import { percentile, round } from '../numbers.ts';
import type { Board } from './board.ts';
import { clockNow } from './protocol.ts';
import type { Message } from './records.ts';

/** Writes under way at once while the stream is filled. */
const FILLING = 64;
/** How long after the last change its deliveries are waited for (ms). */
const AFTER_MS = 5_000;

/** Fills the stream as a release does; a set-up of the measurement, so many writes are under way at once. Returns messages a second. */
export async function fill(servers: readonly string[], messages: readonly Message[]): Promise<number> {
  const link = openLink({ servers, user: 'filler' });
  const names = natsNames('callside', 'filler');
  const from = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: FILLING }, async () => {
    for (let message = messages[next++]; message !== undefined; message = messages[next++]) {
      const put = await link.ask(names.record(message.name), message.bytes);
      if (!put.ok) throw new Error(`a record was not taken: ${put.why}`);
    }
  }));
  await link.close();
  return Math.round(messages.length / ((performance.now() - from) / 1_000));
}

export type Delivered = { changes: number; deliveries: number; missing: number; p50: number; p99: number; max: number };

/** Publishes on the beat, whatever the answer takes, and waits until every desk has every change. */
export async function publishAt(publisher: NatsLink, perSecond: number, changes: readonly Message[], board: Board, desks: number): Promise<Delivered> {
  const names = natsNames('callside', 'anna');
  const from = clockNow();
  const sent = new Map<string, number>();
  board.heard = new Map(changes.map(({ name }) => [name, []]));
  const under: Promise<unknown>[] = [];
  for (const [at, change] of changes.entries()) {
    const due = from + (at * 1_000) / perSecond;
    if (due > clockNow()) await new Promise((resolve) => setTimeout(resolve, due - clockNow()));
    sent.set(change.name, clockNow());
    under.push(publisher.ask(names.record(change.name), change.bytes));
  }
  await Promise.all(under);
  const complete = (): boolean => [...board.heard.values()].every((times) => times.length >= desks);
  const last = performance.now();
  await board.until(() => complete() || performance.now() - last > AFTER_MS);
  const delays = [...board.heard].flatMap(([name, times]) => times.map((at) => at - (sent.get(name) ?? Number.NaN)));
  return { changes: changes.length, deliveries: delays.length, missing: changes.length * desks - delays.length, p50: round(percentile(delays, 0.5)), p99: round(percentile(delays, 0.99)), max: round(Math.max(0, ...delays)) };
}
