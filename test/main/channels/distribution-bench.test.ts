import { describe, expect, it } from 'vitest';
import { measureDistribution, type Figures } from '#test/bench/distribution/measure.ts';
import { ASSUMED, scalePage, serve, simulate } from '#test/bench/distribution/model.ts';
import { NATS_SERVER } from '#test/helpers/nats-server.ts';

// The short form of `npm run bench:distribution`: what it prints must be able to be wrong.
describe.skipIf(NATS_SERVER === undefined || process.platform !== 'linux')('bench:distribution', () => {
  it('a few whole desks in two processes: everything arrives everywhere, counted and timed', async () => {
    const figures = await measureDistribution({ desks: 4, records: 200, workers: 2, engine: 'desk', rates: [{ perSecond: 20, seconds: 1 }] });
    expect(figures).toMatchObject({ desks: 4, records: 200, live: [{ changes: 20, deliveries: 80, missing: 0 }] });
    expect(figures.catchUp.bytesPerDesk).toBeGreaterThan(200 * figures.recordBytes);
    expect(figures.catchUp.bytesPerDesk).toBeLessThan(200 * figures.recordBytes * 2);
    expect(figures.live[0]?.p50).toBeGreaterThan(0);
    expect(figures.live[0]?.p99).toBeLessThan(5_000);
    expect(figures.server.connectedMB).toBeGreaterThan(10);
  }, 60_000);
});

describe('the model of 100,000 desks', () => {
  const figures: Figures = {
    bench: 'distribution', engine: 'desk', desks: 200, records: 20_000, recordBytes: 1_250, workers: 2, publishedPerSecond: 3_000,
    catchUp: { oneDeskMs: 700, p50Ms: 0, p99Ms: 0, allMs: 0, bytesPerDesk: 29_000_000, serverCpuMsPerDesk: 100, desksCpuMsPerDesk: 0 },
    live: [{ perSecond: 20, changes: 0, deliveries: 0, missing: 0, p50: 16, p99: 155, max: 0, serverCpuPercent: 0, desksCpuPercent: 0 }],
    server: { idleMB: 20, connectedMB: 40, peakMB: 40, kbPerConnection: 62, cpuMicrosecondsPerDelivery: 10, slowConsumers: 0 },
  };

  it('serves who comes first first, on as many cores as there are, and everybody over one line', () => {
    const jobs = Array.from({ length: 4 }, () => ({ at: 0, cpu: 1, bits: 0 }));
    expect(serve(jobs, 1, 100).last).toBeCloseTo(4);
    expect(serve(jobs, 2, 100).last).toBeCloseTo(2);
    // 4 × 50 Mbit over 100 Mbit/s take two seconds, however many cores there are.
    expect(serve(jobs.map((job) => ({ ...job, cpu: 0, bits: 50e6 })), 8, 100).last).toBeCloseTo(2);
    expect(serve([{ at: 0, cpu: 1, bits: 0 }, { at: 100, cpu: 1, bits: 0 }], 1, 100)).toMatchObject({ p50: 1, p99: 1 });
  });

  it('says the same at every run, and more desks on one server are worse off', () => {
    expect(scalePage(figures)).toBe(scalePage(figures));
    for (const { site, single } of simulate(figures)) expect(single.p99).toBeGreaterThan(site.p99);
    const [, restart] = simulate(figures, { ...ASSUMED, desksPerSite: 10_000 });
    expect(restart?.site.p99).toBeGreaterThan(simulate(figures)[1]?.site.p99 ?? Infinity);
  });
});
