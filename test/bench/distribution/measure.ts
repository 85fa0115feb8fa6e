import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLink } from '../../../src/main/features/channels/index.ts';
import { freePort, startChannelServer, type TestServer } from '../../helpers/nats-server.ts';
import { percentile, round } from '../numbers.ts';
import { openBase } from './base.ts';
import { prepareDesks, type DeskProcesses } from './desk-processes.ts';
import { PROMISED_MS, type Figures, type LiveFigures } from './figures.ts';
import { bytesBelow, carriedBy, hasRoom, loadOf, makeFolder } from './load.ts';
import type { Engine } from './protocol.ts';
import { fill, publishAt } from './publish.ts';
import { benchSigner, recordsOf, type Message } from './records.ts';

export type Options = {
  desks: number;
  records: number;
  /** Changes a whole desk missed while it was off. */
  missed: number;
  /** Processes the desks are shared among. */
  workers: number;
  engine: Engine;
  /** Changes a second, and for how long. */
  rates: readonly { perSecond: number; seconds: number }[];
  say?: (line: string) => void;
  /** Told what has to be tidied up should this be stopped in the middle. */
  stopWith?: (tidy: () => Promise<void>) => void;
};

/** Fewer desks are not tried. */
const FEWEST = 10;

/**
 * A real server on loopback, desks with real files in processes of their own, and a publisher; the clock of the machine
 * is the clock of all. `store`: every desk has nothing and reads the whole stream, which are the prototype's units of
 * work. `desk`: one whole desk does that, one begins with the pack, and all others are desks that were off for `missed`
 * changes, as before a shift.
 */
export async function measureDistribution(options: Options): Promise<Figures> {
  const { say = () => undefined } = options;
  const dir = mkdtempSync(join(tmpdir(), 'callside-distribution-'));
  const monitor = `http://127.0.0.1:${await freePort()}`;
  const server = await startChannelServer(`http: "${monitor.slice('http://'.length)}"`);
  let desks: DeskProcesses | undefined;
  const tidy = async (): Promise<void> => {
    await desks?.end();
    await server.cleanUp();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  options.stopWith?.(tidy);
  try {
    return await measure({ ...options, say }, { dir, server, monitor, began: (running) => (desks = running) });
  } finally {
    await tidy();
  }
}

type Place = { dir: string; server: TestServer; monitor: string; began: (desks: DeskProcesses | undefined) => void };

async function measure({ desks, records, missed, workers, engine, rates, say }: Options & { say: (line: string) => void }, { dir, server, monitor, began }: Place): Promise<Figures> {
  const pid = server.pid() ?? 0;
  const servers = [server.url];
  const by = benchSigner();
  const data = recordsOf(by);
  const base = engine === 'desk' ? await openBase(servers, dir, by) : undefined;

  /** A release and its single changes, as a supervisor publishes them. */
  const put = async (wanted: readonly number[]): Promise<{ messages: Message[]; perSecond: number }> => {
    const { changes, messages } = await data.next(wanted);
    await base?.publish(changes);
    const perSecond = await fill(servers, messages);
    await base?.sayHead();
    return { messages, perSecond };
  };
  /** One desk alone; its files stay. */
  const alone = async (folder: string, template: string): Promise<{ ms: number; records: number }> => {
    const one = await prepareDesks({ engine, dir: makeFolder(dir, folder), template, servers, desks: 1, processes: 1 });
    began(one);
    const [caught] = await one.catchUp();
    await one.end();
    began(undefined);
    return caught ?? { ms: Number.NaN, records: 0 };
  };

  say(`${engine}: publishing ${records} records`);
  const filled = await put(Array.from({ length: records }, (_, at) => at));
  const first = await alone('alone', base?.template ?? '');
  if (first.records !== records) throw new Error(`one desk caught up with ${first.records} of ${records} records`);
  say(`one desk alone, the whole stream: ${round(first.ms, 0)} ms`);

  let template = '';
  let packMs: number | undefined;
  if (base !== undefined) {
    // A pack that was published after the stream was filled: what follows it is short.
    await put([0]);
    packMs = round((await alone('new', base.fresh)).ms, 0);
    template = join(dir, 'new', 'desk-1');
    say(`one new desk, the pack and what follows it: ${packMs} ms`);
    await put(Array.from({ length: missed }, (_, at) => at % records));
  }
  const idle = loadOf(pid);
  const deskBytes = base === undefined ? bytesBelow(join(dir, 'alone')) : bytesBelow(template);
  hasRoom(dir, deskBytes, desks);
  say(`laying out ${desks} desks of ${round(deskBytes / 1e6, 0)} MB`);
  const together = await prepareDesks({ engine, dir: makeFolder(dir, 'desks'), template, servers, desks, processes: workers });
  began(together);
  execFileSync('sync');
  const before = { carried: await carriedBy(monitor), server: loadOf(pid), desks: together.cpu() };
  say('all desks are switched on');
  const caught = await together.catchUp(() => say(`${together.board.caught.size} of ${desks} desks have everything`));
  const [carried, load] = [await carriedBy(monitor), loadOf(pid)];
  const each = base === undefined ? records : Math.min(missed, records);
  const short = caught.filter(({ records: came }) => came !== each);
  if (short.length > 0) throw new Error(`${short.length} desks caught up with ${short[0]?.records} of ${each} records`);
  const times = caught.map(({ ms }) => ms);
  const catchUp = {
    records: each, p50Ms: round(percentile(times, 0.5), 0), p99Ms: round(percentile(times, 0.99), 0), allMs: round(Math.max(...times), 0),
    bytesPerDesk: Math.round((carried.out_bytes - before.carried.out_bytes) / desks),
    serverCpuMsPerDesk: round(((load.cpuSeconds - before.server.cpuSeconds) * 1_000) / desks), desksCpuMsPerDesk: round(((together.cpu() - before.desks) * 1_000) / desks),
  };
  say(`${desks} desks caught up with ${each} records in ${round(catchUp.allMs / 1_000)} s`);

  const live: LiveFigures[] = [];
  let left = desks;
  const publisher = openLink({ servers, user: 'anna' });
  const beat = async (perSecond: number, seconds: number): Promise<LiveFigures> => {
    const { changes, messages } = await data.next(Array.from({ length: perSecond * seconds }, (_, at) => at % records));
    await base?.publish(changes);
    // Gigabytes of desks' files are on their way to the one disk here; in a house each desk has its own.
    await together.settle();
    execFileSync('sync');
    const from = { at: performance.now(), server: loadOf(pid), desks: together.cpu() };
    const figures = await publishAt(publisher, perSecond, messages, together.board, left);
    const share = (cpuSeconds: number): number => round((cpuSeconds / ((performance.now() - from.at) / 1_000)) * 100);
    const row = { ...figures, desks: left, perSecond, serverCpuPercent: share(loadOf(pid).cpuSeconds - from.server.cpuSeconds), desksCpuPercent: share(together.cpu() - from.desks) };
    live.push(row);
    say(`${left} desks, ${perSecond} changes a second: p50 ${row.p50} ms, p99 ${row.p99} ms, ${row.missing} missing`);
    await base?.sayHead();
    return row;
  };
  const delivered = { cpu: loadOf(pid).cpuSeconds, count: 0 };
  for (const { perSecond, seconds } of rates) delivered.count += (await beat(perSecond, seconds)).deliveries;
  delivered.cpu = loadOf(pid).cpuSeconds - delivered.cpu;
  // Where so many desks are too many for this machine: how many are not.
  const [fastest] = rates.toSorted((a, b) => b.perSecond - a.perSecond);
  while (fastest !== undefined && (live.at(-1)?.p99 ?? 0) > PROMISED_MS && left > FEWEST) {
    left = await together.keep(Math.floor((left * 5) / 6));
    await beat(fastest.perSecond, fastest.seconds);
  }
  await publisher.close();
  await base?.close();
  const [end, after] = [await carriedBy(monitor), loadOf(pid)];
  return {
    engine, desks, records, workers, publishedPerSecond: filled.perSecond,
    recordBytes: Math.round(filled.messages.reduce((sum, { bytes }) => sum + bytes.length, 0) / filled.messages.length),
    oneDeskMs: round(first.ms, 0), ...(packMs === undefined ? {} : { packMs }),
    catchUp, live,
    server: {
      idleMB: idle.rssMB, connectedMB: load.rssMB, peakMB: after.peakMB, slowConsumers: end.slow_consumers,
      kbPerConnection: round(Math.max(0, ((load.rssMB - idle.rssMB) * 1_024) / desks)),
      cpuMicrosecondsPerDelivery: round((delivered.cpu * 1e6) / Math.max(1, delivered.count)),
    },
    deskMB: round(deskBytes / 1e6),
  };
}
