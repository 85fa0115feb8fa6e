import type { Figures } from './measure.ts';

/**
 * What the prototype of the design measured: 20,000 records of 1.25 KB, server, desks and publisher on 2 cores, desks in
 * one Node process, Direct Get. Catch-up in seconds for 1, 50 and 200 desks together; latency p50 and p99 in ms.
 */
const PROTOTYPE = {
  records: 20_000,
  catchUp: [{ desks: 1, seconds: 0.73 }, { desks: 50, seconds: 22 }, { desks: 200, seconds: 90 }],
  live: [{ desks: 50, perSecond: 3, p50: 9, p99: 51 }, { desks: 200, perSecond: 3, p50: 17, p99: 148 }, { desks: 200, perSecond: 20, p50: 16, p99: 155 }],
} as const;

/** The figures as lines, each beside the prototype's of the same unit where it has one. */
export function beside(figures: Figures): string {
  const { desks, records, catchUp, live, server } = figures;
  const one = (PROTOTYPE.catchUp[0].seconds * 1e6) / PROTOTYPE.records;
  const all = PROTOTYPE.catchUp.find((row) => row.desks === desks);
  const perRecord = (ms: number, of: number): string => `${((ms * 1_000) / (of * records)).toFixed(1)} µs`;
  const rows: [string, string, string][] = [
    ['catch-up, one desk alone', `${seconds(catchUp.oneDeskMs)}, ${perRecord(catchUp.oneDeskMs, 1)} a record`, `${PROTOTYPE.catchUp[0].seconds} s, ${one.toFixed(1)} µs a record`],
    // The one that was measured alone has everything already.
    [`catch-up, ${desks - 1} more desks together`, `${seconds(catchUp.allMs)}, ${perRecord(catchUp.allMs, Math.max(1, desks - 1))} a record and desk`, all === undefined ? '' : `${all.seconds} s, ${((all.seconds * 1e6) / (desks * PROTOTYPE.records)).toFixed(1)} µs a record and desk`],
    ['  of these desks, p50 and p99', `${seconds(catchUp.p50Ms)} and ${seconds(catchUp.p99Ms)}`, ''],
    ['bytes to each desk', `${(catchUp.bytesPerDesk / 1e6).toFixed(1)} MB`, ''],
    ...live.map((row): [string, string, string] => {
      const was = PROTOTYPE.live.find((one_) => one_.desks === desks && one_.perSecond === row.perSecond);
      return [`publish → applied at ${row.perSecond}/s, p50/p99`, `${row.p50}/${row.p99} ms, ${row.missing} of ${row.deliveries + row.missing} missing, server ${row.serverCpuPercent} %, desks ${row.desksCpuPercent} % of a core`, was === undefined ? '' : `${was.p50}/${was.p99} ms`];
    }),
    ['server memory', `${server.connectedMB} MB with ${desks} desks, ${server.peakMB} MB at most`, desks === 50 ? '72 MB' : ''],
    ['server processor', `${catchUp.serverCpuMsPerDesk} ms a catch-up, ${server.cpuMicrosecondsPerDelivery} µs a delivered change`, ''],
  ];
  const head: [string, string, string] = [`${figures.engine}, ${figures.workers} processes`, 'measured', 'prototype'];
  const table = [head, ...rows];
  const widths = [0, 1].map((at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  return table.map(([what, now, was]) => `${what.padEnd(widths[0] ?? 0)}  ${now.padEnd(widths[1] ?? 0)}  ${was}`.trimEnd()).join('\n');
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
