import { createSuggester, type Suggester } from '#main/features/suggest/engine/suggester.ts';
import type { Suggestible } from '#main/features/suggest/engine/types.ts';
import { seeded } from '#test/helpers/seeded.ts';
import { sampleK, shuffled, type Labelled } from './suggest-data.ts';

/** Shares (0 to 1) of questions whose script came first, in the first three, in the first five; mean reciprocal rank. */
export type Accuracy = { acc1: number; acc3: number; acc5: number; mrr: number };
export type Timing = { suggestMs: number[]; learnMs: number[] };
export type OutOfScope = { auroc: number; falseAt90: number };

/** Mean CPU milliseconds of this process per call of `work`, over all `items`. */
export function cpuPer<T>(items: readonly T[], into: number[], work: (item: T) => void): void {
  if (items.length === 0) return;
  const before = process.cpuUsage();
  for (const item of items) work(item);
  const used = process.cpuUsage(before);
  into.push((used.user + used.system) / 1000 / items.length);
}

export function accuracy(suggester: Suggester, queries: readonly Labelled[], timing?: Timing): Accuracy {
  const sum = { acc1: 0, acc3: 0, acc5: 0, mrr: 0 };
  cpuPer(queries, timing?.suggestMs ?? [], (query) => {
    const rank = suggester.suggest(query.text, { limit: 50 }).items.findIndex((item) => item.id === query.label);
    if (rank === -1) return;
    sum.acc1 += rank < 1 ? 1 : 0;
    sum.acc3 += rank < 3 ? 1 : 0;
    sum.acc5 += rank < 5 ? 1 : 0;
    sum.mrr += 1 / (rank + 1);
  });
  const n = Math.max(1, queries.length);
  return { acc1: sum.acc1 / n, acc3: sum.acc3 / n, acc5: sum.acc5 / n, mrr: sum.mrr / n };
}

export function mean(list: readonly Accuracy[]): Accuracy {
  const of = (key: keyof Accuracy): number => list.reduce((sum, one) => sum + one[key], 0) / list.length;
  return { acc1: of('acc1'), acc3: of('acc3'), acc5: of('acc5'), mrr: of('mrr') };
}

export function learnAll(suggester: Suggester, rows: readonly Labelled[], oos?: string, timing?: Timing): void {
  cpuPer(rows, timing?.learnMs ?? [], (row) => suggester.learn(row.text, row.label === oos ? null : row.label, { source: 'chosen' }));
}

/** A desk that has seen `k` calls of every script (and of none of them, where `oos` rows exist). */
export function deskAfterK(scripts: readonly Suggestible[], train: readonly Labelled[], k: number, seed: number, oos?: string, timing?: Timing): Suggester {
  const suggester = createSuggester({ scripts });
  if (k > 0) learnAll(suggester, sampleK(train, k, seed), oos, timing);
  return suggester;
}

/** Accuracy as one desk handles call after call, at each of the `marks`. */
export function curve(
  scripts: readonly Suggestible[], train: readonly Labelled[], queries: readonly Labelled[], marks: readonly number[], seed: number, timing?: Timing,
): Map<number, Accuracy> {
  const suggester = createSuggester({ scripts });
  const calls = shuffled(train, seeded(seed));
  const found = new Map<number, Accuracy>();
  let done = 0;
  for (const mark of [...marks].sort((a, b) => a - b)) {
    learnAll(suggester, calls.slice(done, mark), undefined, timing);
    done = Math.max(done, Math.min(mark, calls.length));
    found.set(mark, accuracy(suggester, queries, timing));
  }
  return found;
}

/** How well the desk keeps quiet: `strength` of questions it should answer against those it should not. */
export function outOfScope(suggester: Suggester, inside: readonly Labelled[], outside: readonly Labelled[]): OutOfScope {
  const score = (row: Labelled): number => suggester.suggest(row.text, { limit: 1 }).strength;
  const good = inside.map(score).sort((a, b) => a - b);
  const bad = outside.map(score).sort((a, b) => a - b);
  const threshold = good[Math.floor(good.length * 0.1)] ?? 0;
  let below = 0;
  let wins = 0;
  for (const value of good) {
    while (below < bad.length && bad[below]! < value) below += 1;
    let ties = 0;
    while (below + ties < bad.length && bad[below + ties]! === value) ties += 1;
    wins += below + ties / 2;
  }
  return {
    auroc: wins / Math.max(1, good.length * bad.length),
    falseAt90: bad.filter((value) => value >= threshold).length / Math.max(1, bad.length),
  };
}

/**
 * A script that appears after the desk has handled `calls` calls of the others: share of its questions
 * with it in the first three after three examples, and what the others lost at @3.
 */
export function lateScript(
  scripts: readonly Suggestible[], train: readonly Labelled[], queries: readonly Labelled[], late: string, calls: number, seed: number,
): { acc3: number; othersLost: number } {
  const others = scripts.filter((script) => script.id !== late);
  const rest = train.filter((row) => row.label !== late);
  const suggester = createSuggester({ scripts: others });
  learnAll(suggester, shuffled(rest, seeded(seed)).slice(0, calls));
  const otherQueries = queries.filter((row) => row.label !== late);
  const before = accuracy(suggester, otherQueries).acc3;
  suggester.setScripts(scripts);
  const own = shuffled(train.filter((row) => row.label === late), seeded(seed + 1)).slice(0, 3);
  learnAll(suggester, own);
  return {
    acc3: accuracy(suggester, queries.filter((row) => row.label === late)).acc3,
    othersLost: before - accuracy(suggester, otherQueries).acc3,
  };
}
