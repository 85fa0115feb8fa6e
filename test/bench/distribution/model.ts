import { seeded } from '#test/helpers/seeded.ts';
import { percentile, round } from '../numbers.ts';
import { PROMISED_MS, type Figures, type Measured } from './figures.ts';

/** What the simulation is told besides the measurement; each with where it comes from. */
export type Assumptions = {
  desks: number;
  desksPerSite: number;
  /** Processor cores of a site's server, each as fast as one of those measured on. */
  cores: number;
  /** To the desks of a site, and from the hub to a site (Mbit/s). */
  siteMbit: number;
  lineMbit: number;
  /** One way from the hub to a site (ms). */
  lineMs: number;
  /** Agents of a site begin work spread over this (s): they come in with the shift. */
  shiftSeconds: number;
  /** Records that changed since each desk was last on. */
  changedOvernight: number;
  /** The desks' own spread (s) after a start or a loss; the first try after a loss uses a quarter of it. */
  spreadSeconds: number;
  /** A full TLS 1.3 handshake on the server (ms of one core). */
  handshakeMs: number;
  /** Memory of one TLS connection (KB), and how many a desk holds. */
  connectionKb: number;
  connections: number;
};

export const ASSUMED: Assumptions = {
  desks: 100_000, desksPerSite: 1_000, cores: 2, siteMbit: 1_000, lineMbit: 100, lineMs: 20, shiftSeconds: 600, changedOvernight: 2_000,
  spreadSeconds: 20, handshakeMs: 2, connectionKb: 62, connections: 2,
};

export type Job = { at: number; cpu: number; bits: number };
export type Served = { p50: number; p99: number; last: number; cpuBusy: number; mbitBusy: number };

/**
 * Jobs in the order they come, each through the cores (who is first is served first, one core a job) and then through one
 * line; times in seconds. Returns waiting and service of each job, and the load of the busiest ten seconds.
 */
export function serve(jobs: readonly Job[], cores: number, mbit: number): Served {
  const free = Array.from({ length: cores }, () => 0);
  let line = 0;
  const took: number[] = [];
  const cpu = new Map<number, number>();
  const bits = new Map<number, number>();
  let last = 0;
  for (const job of jobs.toSorted((a, b) => a.at - b.at)) {
    const core = free.indexOf(Math.min(...free));
    const begin = Math.max(job.at, free[core] ?? 0);
    free[core] = begin + job.cpu;
    line = Math.max(line, begin + job.cpu) + job.bits / (mbit * 1e6);
    took.push(line - job.at);
    last = Math.max(last, line);
    const slot = Math.floor(begin / 10);
    cpu.set(slot, (cpu.get(slot) ?? 0) + job.cpu);
    bits.set(slot, (bits.get(slot) ?? 0) + job.bits);
  }
  return {
    p50: percentile(took, 0.5), p99: percentile(took, 0.99), last,
    cpuBusy: Math.max(0, ...cpu.values()) / (10 * cores), mbitBusy: Math.max(0, ...bits.values()) / 1e7,
  };
}

export type Scenario = { name: string; site: Served; single: Served };

/** What the server does for one desk that fetches `records`, from what it did for one in the measurement. */
function fetchJob(at: number, figures: Figures, records: number): Job {
  const share = records / figures.catchUp.records;
  return { at, cpu: (figures.catchUp.serverCpuMsPerDesk / 1_000) * share, bits: figures.catchUp.bytesPerDesk * 8 * share };
}

/** The three moments that decide: a shift begins, a server is lost and comes back, something urgent goes to all. */
export function simulate(figures: Figures, assumed: Assumptions = ASSUMED): Scenario[] {
  const { desks, desksPerSite, cores, siteMbit, shiftSeconds, changedOvernight, spreadSeconds, handshakeMs, connections } = assumed;
  const of = (make: (at: number, random: () => number) => Job): { site: Served; single: Served } => {
    const jobs = (count: number): Job[] => {
      const random = seeded(count);
      return Array.from({ length: count }, (_, at) => make(at, random));
    };
    // A single server gets no faster line to itself by having more desks.
    return { site: serve(jobs(desksPerSite), cores, siteMbit), single: serve(jobs(desks), cores, siteMbit) };
  };
  const delivery = figures.server.cpuMicrosecondsPerDelivery / 1e6;
  return [
    { name: 'a shift begins', ...of((_, random) => {
      const job = fetchJob(random() * shiftSeconds + random() * spreadSeconds, figures, changedOvernight);
      return { ...job, cpu: job.cpu + (connections * handshakeMs) / 1_000 };
    }) },
    { name: 'the server restarts', ...of((_, random) => {
      const job = fetchJob(random() * spreadSeconds + random() * spreadSeconds, figures, 20);
      return { ...job, cpu: job.cpu + (connections * handshakeMs) / 1_000 };
    }) },
    { name: 'one change to all', ...of(() => ({ at: 0, cpu: delivery, bits: figures.recordBytes * 8 })) },
  ];
}

/** The page's table: the server as it was measured with the channel alone, and desks as they are. */
export function scalePage(measured: Measured, assumed: Assumptions = ASSUMED): string {
  const figures = measured.store ?? measured.desk;
  if (figures === undefined) throw new Error('nothing was measured');
  const { desks, desksPerSite, connectionKb, connections, lineMs, lineMbit } = assumed;
  const sites = Math.ceil(desks / desksPerSite);
  const number = (value: number): string => round(value, value < 10 ? 2 : 0).toLocaleString('en');
  const ms = (seconds: number): string => (seconds < 1 ? `${number(seconds * 1_000)} ms` : `${number(seconds)} s`);
  const row = ({ name, site, single }: Scenario): string =>
    `| ${name} | ${ms(site.p50)} / ${ms(site.p99)} | ${number(site.cpuBusy * 100)} % | ${number(site.mbitBusy)} | ${ms(single.p50)} / ${ms(single.p99)} | ${number(single.cpuBusy * 100)} % | ${number(single.mbitBusy)} |`;
  const scenarios = simulate(figures, assumed);
  const push = scenarios.at(-1)?.site.p99 ?? 0;
  const slowest = (measured.desk ?? figures).live.filter(({ p99 }) => p99 <= PROMISED_MS).at(-1);
  const hub = serve(Array.from({ length: sites }, () => ({ at: 0, cpu: figures.server.cpuMicrosecondsPerDelivery / 1e6, bits: figures.recordBytes * 8 })), assumed.cores, lineMbit);
  return [
    `${number(desks)} desks at ${number(sites)} sites of ${number(desksPerSite)}, fed with a measurement of ${number(figures.desks)} desks and ${number(figures.records)} records:`,
    '',
    '| | a site’s server: desk waits p50 / p99 | processor, busiest 10 s | Mbit/s wanted | one server for all: p50 / p99 | processor | Mbit/s wanted |',
    '|---|---|---|---|---|---|---|',
    ...scenarios.map(row),
    '',
    `Memory for connections: ${number((desksPerSite * connections * connectionKb) / 1_024)} MB on a site’s server, ${number((desks * connections * connectionKb) / 1_048_576)} GB on one server for all.`,
    `A change reaches the last site ${ms(hub.last + lineMs / 1_000)} and the last desk of a site ${ms(push)} after that; a desk then needs what it needs alone (measured with ${number(slowest?.desks ?? 0)} of them on one machine: p99 ${number(slowest?.p99 ?? Number.NaN)} ms at ${number(slowest?.perSecond ?? 0)} changes a second).`,
    `Over the line to each site goes one copy of each change: ${number((figures.recordBytes * 8 * 20) / 1_000)} kbit/s at 20 changes a second, whatever the number of desks.`,
  ].join('\n');
}
