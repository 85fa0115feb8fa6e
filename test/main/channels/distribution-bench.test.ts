import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beside } from '#test/bench/distribution/beside.ts';
import type { Figures, Measured } from '#test/bench/distribution/figures.ts';
import { measureDistribution } from '#test/bench/distribution/measure.ts';
import { ASSUMED, scalePage, serve, simulate } from '#test/bench/distribution/model.ts';
import { NATS_SERVER } from '#test/helpers/nats-server.ts';

// The short form of `npm run bench:distribution`: what it prints must be able to be wrong.
describe.skipIf(NATS_SERVER === undefined || process.platform !== 'linux')('bench:distribution', () => {
  it.each(['store', 'desk'] as const)('a few desks in two processes (%s): everything arrives everywhere, counted and timed', async (engine) => {
    const figures = await measureDistribution({ desks: 4, records: 200, missed: 40, workers: 2, engine, rates: [{ perSecond: 20, seconds: 1 }] });
    const each = engine === 'store' ? 200 : 40;
    expect(figures).toMatchObject({ desks: 4, records: 200, catchUp: { records: each }, live: [{ changes: 20, deliveries: 80, missing: 0 }] });
    expect(figures.catchUp.bytesPerDesk).toBeGreaterThan(each * figures.recordBytes);
    expect(figures.catchUp.bytesPerDesk).toBeLessThan(each * figures.recordBytes * 2);
    expect(figures.live[0]?.p50).toBeGreaterThan(0);
    expect(figures.live[0]?.p99).toBeLessThan(5_000);
    expect(figures.server.connectedMB).toBeGreaterThan(10);
  });
});

const figures: Figures = {
  engine: 'store', desks: 200, records: 20_000, recordBytes: 1_250, workers: 2, publishedPerSecond: 3_000, oneDeskMs: 700, deskMB: 30,
  catchUp: { records: 20_000, p50Ms: 0, p99Ms: 0, allMs: 100_000, bytesPerDesk: 29_000_000, serverCpuMsPerDesk: 100, desksCpuMsPerDesk: 0 },
  live: [{ desks: 200, perSecond: 20, changes: 0, deliveries: 0, missing: 0, p50: 16, p99: 155, max: 0, serverCpuPercent: 0, desksCpuPercent: 0 }],
  server: { idleMB: 20, connectedMB: 40, peakMB: 40, kbPerConnection: 62, cpuMicrosecondsPerDelivery: 10, slowConsumers: 0 },
};

describe('what the measurement prints', () => {
  it('says of each promise whether it holds, and compares only the same work with the prototype', () => {
    const whole: Figures = { ...figures, engine: 'desk', live: figures.live.map((row) => ({ ...row, p99: 1_200 })) };
    const said = beside({ bench: 'distribution', store: figures, desk: whole });
    expect(said).toContain('store: 200 desks caught up within 120 % of the prototype’s time: holds');
    expect(said).toContain('store: p99 of 200 desks at 20/s within 120 % of the prototype’s: holds');
    expect(said).toContain('desk: p99 of 200 desks at 20/s at most 1000 ms: does NOT hold');
    expect(beside({ bench: 'distribution', store: { ...figures, catchUp: { ...figures.catchUp, allMs: 108_001 } } })).toContain('prototype’s time: does NOT hold');
    expect(beside({ bench: 'distribution', desk: whole })).not.toContain('16/155 ms');
  });
});

describe('the model of 100,000 desks', () => {
  it('the page says what the command prints', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/nats-scale.md'), 'utf8');
    const measured = JSON.parse(readFileSync(join(import.meta.dirname, '../../bench/distribution/measured.json'), 'utf8')) as Measured;
    expect(page).toContain(`<!-- model -->\n${scalePage(measured)}\n<!-- /model -->`);
  });

  it('serves who comes first first, on as many cores as there are, and everybody over one line', () => {
    const jobs = Array.from({ length: 4 }, () => ({ at: 0, cpu: 1, bits: 0 }));
    expect(serve(jobs, 1, 100).last).toBeCloseTo(4);
    expect(serve(jobs, 2, 100).last).toBeCloseTo(2);
    // 4 × 50 Mbit over 100 Mbit/s take two seconds, however many cores there are.
    expect(serve(jobs.map((job) => ({ ...job, cpu: 0, bits: 50e6 })), 8, 100).last).toBeCloseTo(2);
    expect(serve([{ at: 0, cpu: 1, bits: 0 }, { at: 100, cpu: 1, bits: 0 }], 1, 100)).toMatchObject({ p50: 1, p99: 1 });
  });

  it('says the same at every run, and more desks on one server are worse off', () => {
    expect(scalePage({ bench: 'distribution', store: figures })).toBe(scalePage({ bench: 'distribution', store: figures }));
    for (const { site, single } of simulate(figures)) expect(single.p99).toBeGreaterThan(site.p99);
    const [, restart] = simulate(figures, { ...ASSUMED, desksPerSite: 10_000 });
    expect(restart?.site.p99).toBeGreaterThan(simulate(figures)[1]?.site.p99 ?? Infinity);
  });
});
