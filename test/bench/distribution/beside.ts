import { MARGIN, PROMISED_MS, type Figures, type Measured } from './figures.ts';

/**
 * What the prototype of the design measured: 20,000 records of 1.25 KB, server, desks and publisher on 2 cores, desks in
 * one Node process, Direct Get, one row per record and nothing else. Catch-up in seconds for 1, 50 and 200 desks together; latency p50 and p99 in ms.
 */
const PROTOTYPE = {
  records: 20_000,
  catchUp: [{ desks: 1, seconds: 0.73 }, { desks: 50, seconds: 22 }, { desks: 200, seconds: 90 }],
  live: [{ desks: 50, perSecond: 3, p50: 9, p99: 51 }, { desks: 200, perSecond: 3, p50: 17, p99: 148 }, { desks: 200, perSecond: 20, p50: 16, p99: 155 }],
} as const;

const ENGINES: Record<Figures['engine'], string> = {
  store: 'the channel alone: the prototype’s units of work',
  desk: 'whole desks: signatures, layers, search index, “What’s new”, position, signed head',
};

type Row = [what: string, now: string, was: string];

/** The figures as lines, each beside the prototype's where it measured the same work, and what was promised of them. */
export function beside(measured: Measured): string {
  const both = [measured.store, measured.desk].filter((figures) => figures !== undefined);
  return [...both.flatMap((figures) => [table(figures), '']), 'Promised', ...both.flatMap(promised)].join('\n');
}

function table(figures: Figures): string {
  const { engine, desks, records, catchUp, live, server } = figures;
  const same = engine === 'store' && records === PROTOTYPE.records;
  const was = (text: string | undefined): string => (same ? (text ?? '') : '');
  const all = PROTOTYPE.catchUp.find((row) => row.desks === desks);
  const perRecord = (ms: number, of: number): string => `${((ms * 1_000) / of).toFixed(1)} µs`;
  const rows: Row[] = [
    ['one desk with nothing, whole stream', `${seconds(figures.oneDeskMs)}, ${perRecord(figures.oneDeskMs, records)} a record`, was(`${PROTOTYPE.catchUp[0].seconds} s, ${perRecord(PROTOTYPE.catchUp[0].seconds * 1_000, PROTOTYPE.records)} a record`)],
    ...(figures.packMs === undefined ? [] : [['one new desk, pack and what follows it', `${seconds(figures.packMs)}, ${perRecord(figures.packMs, records)} a record`, ''] satisfies Row]),
    [`${desks} desks together, ${catchUp.records} records to each`, `${seconds(catchUp.allMs)}, ${perRecord(catchUp.allMs, desks * catchUp.records)} a record and desk`, was(all === undefined ? undefined : `${all.seconds} s, ${perRecord(all.seconds * 1_000, desks * PROTOTYPE.records)} a record and desk`)],
    ['  of these desks, p50 and p99', `${seconds(catchUp.p50Ms)} and ${seconds(catchUp.p99Ms)}`, ''],
    ['  processor, each desk', `${catchUp.desksCpuMsPerDesk} ms, the server ${catchUp.serverCpuMsPerDesk} ms`, ''],
    ['  bytes to each desk', `${(catchUp.bytesPerDesk / 1e6).toFixed(2)} MB`, ''],
    ...live.flatMap((row): Row[] => {
      const known = PROTOTYPE.live.find((one) => one.desks === row.desks && one.perSecond === row.perSecond);
      return [
        [`publish → applied, ${row.desks} desks at ${row.perSecond}/s, p50/p99`, `${row.p50}/${row.p99} ms, ${row.missing} of ${row.deliveries + row.missing} missing`, was(known === undefined ? undefined : `${known.p50}/${known.p99} ms`)],
        ['  processor', `desks ${row.desksCpuPercent} % of a core, ${((row.desksCpuPercent * 10) / (row.desks * row.perSecond)).toFixed(2)} ms a change and desk; server ${row.serverCpuPercent} %`, ''],
      ];
    }),
    ['server memory', `${server.connectedMB} MB with ${desks} desks, ${server.peakMB} MB at most`, was(desks === 50 ? '72 MB' : '')],
    ['server processor', `${server.cpuMicrosecondsPerDelivery} µs a delivered change`, ''],
    ['files of a desk', `${figures.deskMB} MB`, ''],
  ];
  const lines: Row[] = [[`${ENGINES[engine]}, ${figures.workers} processes`, 'measured', same ? 'prototype' : ''], ...rows];
  const [first = lines[0], ...others] = lines;
  const widths = [0, 1].map((at) => Math.max(...others.map((row) => (row[at] ?? '').length)));
  const line = ([what, now, then]: Row): string => `${what.padEnd(widths[0] ?? 0)}  ${now.padEnd(widths[1] ?? 0)}  ${then}`.trimEnd();
  return [`${first?.[0] ?? ''}`, line(['', first?.[1] ?? '', first?.[2] ?? '']), ...others.map(line)].join('\n');
}

/** What the project promised, and whether these figures keep it. */
function promised(figures: Figures): string[] {
  const { engine, desks, records, catchUp, live } = figures;
  const says = (keeps: boolean): string => (keeps ? 'holds' : 'does NOT hold');
  const out: string[] = [];
  const all = PROTOTYPE.catchUp.find((row) => row.desks === desks);
  if (engine === 'store' && records === PROTOTYPE.records && all !== undefined) out.push(`  ${engine}: ${desks} desks caught up within 120 % of the prototype’s time: ${says(catchUp.allMs <= all.seconds * 1_000 * MARGIN)}`);
  for (const row of live) {
    const known = engine === 'store' ? PROTOTYPE.live.find((one) => one.desks === row.desks && one.perSecond === row.perSecond) : undefined;
    if (known !== undefined) out.push(`  ${engine}: p99 of ${row.desks} desks at ${row.perSecond}/s within 120 % of the prototype’s: ${says(row.p99 <= known.p99 * MARGIN)}`);
    out.push(`  ${engine}: p99 of ${row.desks} desks at ${row.perSecond}/s at most ${PROMISED_MS} ms: ${says(row.p99 <= PROMISED_MS && row.missing === 0)}`);
  }
  return out;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
