import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsNames, openLink, type NatsLink } from '../../../src/main/features/channels/index.ts';
import { freePort, startChannelServer } from '../../helpers/nats-server.ts';
import { percentile, round } from '../numbers.ts';
import { openBase } from './base.ts';
import { carriedBy, loadOf, type Load } from './load.ts';
import { clockNow, type Engine, type FromWorker, type ToWorker } from './protocol.ts';
import { benchProduct, benchSigner, signedMessages, type Message } from './records.ts';

export type Options = {
  desks: number;
  records: number;
  /** Processes the desks are shared among. */
  workers: number;
  engine: Engine;
  /** Changes a second, and for how long. */
  rates: readonly { perSecond: number; seconds: number }[];
  say?: (line: string) => void;
};

export type LiveFigures = { perSecond: number; changes: number; deliveries: number; missing: number; p50: number; p99: number; max: number; serverCpuPercent: number; desksCpuPercent: number };
export type Figures = {
  bench: 'distribution';
  engine: Engine;
  desks: number;
  records: number;
  recordBytes: number;
  workers: number;
  publishedPerSecond: number;
  catchUp: { oneDeskMs: number; p50Ms: number; p99Ms: number; allMs: number; bytesPerDesk: number; serverCpuMsPerDesk: number; desksCpuMsPerDesk: number };
  live: LiveFigures[];
  server: { idleMB: number; connectedMB: number; peakMB: number; kbPerConnection: number; cpuMicrosecondsPerDelivery: number; slowConsumers: number };
};

/** Writes under way at once while the stream is filled. */
const FILLING = 64;
/** How long after the last change its deliveries are waited for (ms). */
const AFTER_MS = 5_000;
const PATIENCE_MS = 600_000;

type Worker = { child: ChildProcess; desks: string[] };

/** A real server on loopback, desks with real files in processes of their own, and a publisher; the clock of the machine is the clock of all. */
export async function measureDistribution(options: Options): Promise<Figures> {
  const { desks, records, engine, rates, say = () => undefined } = options;
  const dir = mkdtempSync(join(tmpdir(), 'callside-distribution-'));
  const monitorPort = await freePort();
  const monitor = `http://127.0.0.1:${monitorPort}`;
  const server = await startChannelServer(`http: "127.0.0.1:${monitorPort}"`);
  const pid = server.pid() ?? 0;
  const workers: Worker[] = [];
  const by = benchSigner();
  try {
    say(`publishing ${records} records`);
    const base = engine === 'desk' ? await openBase([server.url], dir, by) : undefined;
    const { changes: all, messages } = await signedMessages(Array.from({ length: records }, (_, at) => benchProduct(at)), 0, by);
    await base?.publish(all);
    const publishedPerSecond = await fill([server.url], messages);
    await base?.sayHead();
    await base?.close();
    const template = base?.template ?? '';
    const idle = loadOf(pid);

    const board = createBoard();
    const share = Array.from({ length: desks }, (_, at) => `desk-${at + 1}`);
    const first = spawnWorker(workers, board, dir, [server.url], engine, template, share.splice(0, 1));
    await board.until(() => board.caught.size === 1);
    const oneDeskMs = board.caught.get(first.desks[0] ?? '')?.ms ?? Number.NaN;
    say(`one desk alone: ${round(oneDeskMs, 0)} ms`);
    const before = { carried: await carriedBy(monitor), load: loadOf(pid), desks: 0 };

    const others = Math.max(1, options.workers);
    for (let at = 0; at < others; at += 1) {
      const part = share.filter((_, index) => index % others === at);
      if (part.length > 0) spawnWorker(workers, board, dir, [server.url], engine, template, part);
    }
    await board.until(() => board.caught.size === desks);
    const [carried, load] = [await carriedBy(monitor), loadOf(pid)];
    const rest = Math.max(1, desks - 1);
    const times = share.map((desk) => board.caught.get(desk)?.ms ?? Number.NaN);
    const allMs = Math.max(...times);
    const short = [...board.caught].filter(([, { records: came }]) => came !== records);
    if (short.length > 0) throw new Error(`${short.length} desks caught up with ${short[0]?.[1].records} of ${records} records`);
    say(`${desks} desks caught up in ${round(allMs / 1_000)} s`);

    await board.until(() => board.following.size === desks);
    // Gigabytes of desks' files are on their way to the one disk here; in a house each desk has its own.
    execFileSync('sync');
    const live: LiveFigures[] = [];
    const publisher = openLink({ servers: [server.url], user: 'anna' });
    let used = 0;
    let delivered = { cpu: 0, count: 0 };
    for (const { perSecond, seconds } of rates) {
      const { messages: changes } = await signedMessages(Array.from({ length: perSecond * seconds }, (_, at) => benchProduct((used + at) % records)), 1 + Math.floor(used / records), by);
      used += changes.length;
      const from = { at: performance.now(), server: loadOf(pid), desks: desksCpu(workers) };
      const figures = await publishAt(publisher, perSecond, changes, board, desks);
      const seconds_ = (performance.now() - from.at) / 1_000;
      const cpu = loadOf(pid).cpuSeconds - from.server.cpuSeconds;
      delivered = { cpu: delivered.cpu + cpu, count: delivered.count + figures.deliveries };
      live.push({ ...figures, perSecond, serverCpuPercent: round((cpu / seconds_) * 100), desksCpuPercent: round(((desksCpu(workers) - from.desks) / seconds_) * 100) });
      say(`${perSecond} changes a second: p50 ${figures.p50} ms, p99 ${figures.p99} ms, ${figures.missing} missing`);
    }
    await publisher.close();
    const end = { carried: await carriedBy(monitor), load: loadOf(pid) };
    return {
      bench: 'distribution', engine, desks, records, workers: others, publishedPerSecond,
      recordBytes: Math.round(messages.reduce((sum, { bytes }) => sum + bytes.length, 0) / messages.length),
      catchUp: {
        oneDeskMs: round(oneDeskMs, 0), p50Ms: round(percentile(times, 0.5), 0), p99Ms: round(percentile(times, 0.99), 0), allMs: round(allMs, 0),
        bytesPerDesk: Math.round((carried.out_bytes - before.carried.out_bytes) / rest),
        serverCpuMsPerDesk: round(((load.cpuSeconds - before.load.cpuSeconds) * 1_000) / rest), desksCpuMsPerDesk: round((desksCpu(workers) * 1_000) / desks),
      },
      live,
      server: serverFigures(idle, load, end.load, desks, delivered, end.carried.slow_consumers),
    };
  } finally {
    await Promise.all(workers.map(({ child }) => endWorker(child)));
    await server.cleanUp();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

function serverFigures(idle: Load, connected: Load, end: Load, desks: number, delivered: { cpu: number; count: number }, slowConsumers: number): Figures['server'] {
  return {
    idleMB: idle.rssMB, connectedMB: connected.rssMB, peakMB: end.peakMB, slowConsumers,
    kbPerConnection: round(Math.max(0, ((connected.rssMB - idle.rssMB) * 1_024) / desks)),
    cpuMicrosecondsPerDelivery: round((delivered.cpu * 1e6) / Math.max(1, delivered.count)),
  };
}

/** Fills the stream as a first release does; a set-up of the measurement, so many writes are under way at once. */
async function fill(servers: readonly string[], messages: readonly Message[]): Promise<number> {
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

/** Publishes on the beat, whatever the answer takes, and waits until every desk has every change. */
async function publishAt(publisher: NatsLink, perSecond: number, changes: readonly Message[], board: Board, desks: number): Promise<Pick<LiveFigures, 'changes' | 'deliveries' | 'missing' | 'p50' | 'p99' | 'max'>> {
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
  return { changes: changes.length, deliveries: delays.length, missing: changes.length * desks - delays.length, p50: round(percentile(delays, 0.5)), p99: round(percentile(delays, 0.99)), max: round(Math.max(...delays)) };
}

type Board = ReturnType<typeof createBoard>;

/** What the desks have told. */
function createBoard() {
  const board = {
    caught: new Map<string, { ms: number; records: number }>(),
    following: new Set<string>(),
    heard: new Map<string, number[]>(),
    failure: undefined as string | undefined,
    tell: (message: FromWorker): void => {
      if (message.kind === 'caught-up') board.caught.set(message.desk, message);
      else if (message.kind === 'following') board.following.add(message.desk);
      else if (message.kind === 'failed') board.failure = message.why;
      else for (const change of message.changes) board.heard.get(change)?.push(message.at);
    },
    until: async (done: () => boolean): Promise<void> => {
      const end = performance.now() + PATIENCE_MS;
      while (!done()) {
        if (board.failure !== undefined) throw new Error(board.failure);
        if (performance.now() > end) throw new Error('the desks did not finish in time');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
  return board;
}

function spawnWorker(workers: Worker[], board: Board, dir: string, servers: string[], engine: Engine, template: string, desks: string[]): Worker {
  const child = fork(join(import.meta.dirname, 'worker.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const worker = { child, desks };
  workers.push(worker);
  child.on('message', (message: FromWorker) => board.tell(message));
  child.once('exit', (code) => {
    if (code !== 0) board.failure ??= `a process full of desks ended with ${String(code)}`;
  });
  const start: ToWorker = { kind: 'start', engine, dir, template, servers, desks };
  child.send(start);
  return worker;
}

async function endWorker(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const stop: ToWorker = { kind: 'stop' };
  child.send(stop);
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

const desksCpu = (workers: readonly Worker[]): number => workers.reduce((sum, { child }) => sum + (child.pid === undefined || child.exitCode !== null ? 0 : loadOf(child.pid).cpuSeconds), 0);
