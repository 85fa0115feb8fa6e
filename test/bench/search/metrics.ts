import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seeded } from '#test/helpers/seeded.ts';
import type { BenchQuery } from './catalog.ts';

/** Quality of a set of queries. `ndcg10` counts unjudged hits as 0, `ndcg10_judged` leaves them out. */
export type Quality = { n: number; r1?: number; r5?: number; mrr?: number; ndcg10?: number; ndcg10_judged?: number };

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

function dcg(grades: readonly number[]): number {
  return grades.slice(0, 10).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}

function ndcg(labels: Readonly<Record<string, number>>, keys: readonly string[], judgedOnly: boolean): number {
  const ideal = dcg(Object.values(labels).sort((a, b) => b - a));
  if (ideal === 0) return 0;
  const listed = judgedOnly ? keys.filter((key) => key in labels) : keys;
  return dcg(listed.map((key) => labels[key] ?? 0)) / ideal;
}

type Sums = { n: number; known: number; r1: number; r5: number; mrr: number; graded: number; raw: number; judged: number };

const none = (): Sums => ({ n: 0, known: 0, r1: 0, r5: 0, mrr: 0, graded: 0, raw: 0, judged: 0 });

function add(sums: Sums, query: BenchQuery, keys: readonly string[]): void {
  sums.n++;
  const { labels } = query;
  if (labels !== undefined) {
    sums.graded++;
    sums.raw += ndcg(labels, keys, false);
    sums.judged += ndcg(labels, keys, true);
  }
  const relevant = query.relevant ?? Object.keys(labels ?? {}).filter((key) => (labels?.[key] ?? 0) > 0);
  if (relevant.length === 0) return;
  sums.known++;
  const place = keys.findIndex((key) => relevant.includes(key));
  if (place === 0) sums.r1++;
  if (place >= 0 && place < 5) sums.r5++;
  if (place >= 0 && place < 10) sums.mrr += 1 / (place + 1);
}

function quality(sums: Sums): Quality {
  const out: Quality = { n: sums.n };
  if (sums.known > 0) Object.assign(out, { r1: round(sums.r1 / sums.known), r5: round(sums.r5 / sums.known), mrr: round(sums.mrr / sums.known) });
  if (sums.graded > 0) Object.assign(out, { ndcg10: round(sums.raw / sums.graded), ndcg10_judged: round(sums.judged / sums.graded) });
  return out;
}

/** Adds up quality, in all and by kind. */
export function createScorer(): { add(query: BenchQuery, keys: readonly string[]): void; result(): { total: Quality; kinds: Record<string, Quality> } } {
  const total = none();
  const kinds = new Map<string, Sums>();
  return {
    add(query, keys) {
      add(total, query, keys);
      const known = kinds.get(query.kind) ?? none();
      kinds.set(query.kind, known);
      add(known, query, keys);
    },
    result: () => ({ total: quality(total), kinds: Object.fromEntries([...kinds].map(([kind, sums]) => [kind, quality(sums)])) }),
  };
}

export type Percentiles = { n: number; p50: number; p95: number; p99: number; max: number };

function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 1_000) / 1_000;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Times calls, in ms, on the wall clock and on the processor. */
export function createTimer(): { run<T>(work: () => T): T; result(): { wall: Percentiles; cpu: Percentiles } } {
  const wall: number[] = [];
  const cpu: number[] = [];
  return {
    run(work) {
      const before = process.cpuUsage();
      const start = performance.now();
      const value = work();
      wall.push(performance.now() - start);
      const used = process.cpuUsage(before);
      cpu.push((used.user + used.system) / 1_000);
      return value;
    },
    result: () => ({ wall: percentiles(wall), cpu: percentiles(cpu) }),
  };
}

/**
 * A seeded sample in random order. Query files cycle through their kinds: every n-th query would be
 * of few kinds, or of one.
 */
export function sampleOf<T>(list: readonly T[], most: number): T[] {
  const random = seeded(20_260_101);
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out.slice(0, most);
}

/** The queries that some of the rows with these skus answer. */
export function answerable(queries: readonly BenchQuery[], skus: ReadonlySet<string>): BenchQuery[] {
  return queries.filter((query) => (query.relevant ?? Object.keys(query.labels ?? {})).some((sku) => skus.has(sku)));
}

/** The queries as they are typed: each beginning from two characters on, of at most `most` queries. */
export function keystrokes(queries: readonly BenchQuery[], most: number): string[] {
  const out: string[] = [];
  for (const { query } of sampleOf(queries, most)) for (let length = 2; length <= query.length; length++) out.push(query.slice(0, length));
  return out;
}

/** Keystrokes asked of an engine before the clock runs: compiling code is not what is measured. */
const WARM_UP = 60;

/**
 * Time per keystroke of one engine, the same way for all: some warm-up, garbage of the build put away, then
 * every `every`-th keystroke, in the order typed.
 */
export function timeTyping(typed: readonly string[], every: number, search: (text: string) => unknown): { wall: Percentiles; cpu: Percentiles } {
  const asked = typed.filter((_text, i) => i % every === 0);
  for (const text of asked.slice(0, Math.ceil(WARM_UP / every))) search(text);
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const timer = createTimer();
  for (const text of asked) timer.run(() => search(text));
  return timer.result();
}
