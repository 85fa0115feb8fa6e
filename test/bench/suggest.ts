/**
 * Measures the suggestions through the product's own code.
 * `npm run eval:suggest` runs every target of docs/suggest.md on the data beside the checkout;
 * with `--scripts FILE --queries FILE [--train FILE]` it measures those files (see USAGE).
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createSuggester } from '#main/features/suggest/engine/suggester.ts';
import { readLabelled, readScripts, type Labelled } from './suggest-data.ts';
import { accuracy, curve, deskAfterK, mean, outOfScope, type Accuracy, type OutOfScope, type Timing } from './suggest-measure.ts';
import { runTargets } from './suggest-targets.ts';

const USAGE = `npm run eval:suggest -- --scripts FILE.jsonl --queries FILE.jsonl [--train FILE.jsonl]
  [--k 0,1,5,20,all] [--calls 0,50,200,1000] [--oos LABEL] [--seed N] [--out FILE.json]
scripts: id, title, description?, steps?, examples?     train, queries: text, label (= script id)
Shares are fractions (0 to 1), times CPU milliseconds. Without --train only k = 0 is possible.`;

/** Fewer examples scatter more, so small samples are drawn several times and averaged. */
const DRAWS_UP_TO = 2_000;
const DRAWS = 3;

type Report = {
  k: Record<string, Accuracy>;
  calls: Record<string, Accuracy>;
  oos: OutOfScope | null;
  ms: { suggest: number; learn: number };
  modelMb: number;
};

function main(): void {
  const { values } = parseArgs({
    options: {
      scripts: { type: 'string' }, train: { type: 'string' }, queries: { type: 'string' }, k: { type: 'string' },
      calls: { type: 'string' }, oos: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (!values.scripts && !values.queries) {
    const result = runTargets();
    if (values.out) writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`);
    if (result.some((line) => !line.reached)) process.exitCode = 1;
    return;
  }
  if (!values.scripts || !values.queries) throw new Error(`--scripts and --queries are both needed.\n${USAGE}`);
  const report = measureFiles({
    scripts: values.scripts, queries: values.queries, train: values.train, oos: values.oos, seed: Number(values.seed ?? 1),
    k: list(values.k ?? (values.train ? '0,1,5,20,all' : '0')), calls: list(values.calls ?? ''),
  });
  const text = JSON.stringify(report, null, 2);
  if (values.out) writeFileSync(values.out, `${text}\n`);
  else console.log(text);
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

function count(text: string): number {
  const value = text === 'all' ? Number.POSITIVE_INFINITY : Number(text);
  if (!(value >= 0)) throw new Error(`"${text}" is not a number of examples or calls`);
  return value;
}

type Files = { scripts: string; queries: string; train: string | undefined; oos: string | undefined; seed: number; k: string[]; calls: string[] };

function measureFiles(files: Files): Report {
  const scripts = readScripts(files.scripts);
  const train: Labelled[] = files.train === undefined ? [] : readLabelled(files.train);
  const all = readLabelled(files.queries);
  const inside = all.filter((row) => row.label !== files.oos);
  const outside = all.filter((row) => row.label === files.oos);
  checkLabels(scripts.map((script) => script.id), [...train, ...inside], files.oos);
  const timing: Timing = { suggestMs: [], learnMs: [] };
  const report: Report = { k: {}, calls: {}, oos: null, ms: { suggest: 0, learn: 0 }, modelMb: 0 };
  const wanted = files.train === undefined ? files.k.filter((k) => count(k) === 0) : files.k;
  if (wanted.length < files.k.length) console.error('No --train file: only k = 0 (no examples) can be measured; the other values are left out.');
  if (files.train === undefined && files.calls.some((c) => count(c) > 0)) console.error('No --train file: only 0 calls can be measured.');
  const oosAt = oosK(wanted);

  for (const k of wanted) {
    const draws = count(k) > 0 && count(k) * scripts.length <= DRAWS_UP_TO ? DRAWS : 1;
    const runs: Accuracy[] = [];
    for (let draw = 0; draw < draws; draw += 1) {
      const desk = deskAfterK(scripts, train, count(k), files.seed + draw, files.oos, timing);
      runs.push(accuracy(desk, inside, timing));
      report.modelMb = Math.max(report.modelMb, desk.snapshot().byteLength / 1e6);
      if (k === oosAt && draw === 0 && outside.length > 0) report.oos = outOfScope(desk, inside, outside);
    }
    report.k[k] = mean(runs);
    console.error(`k = ${k}: ${line(report.k[k])}`);
  }
  const marks = files.calls.map(count).filter((c) => c === 0 || train.length > 0);
  if (marks.length > 0) {
    const stream = train.filter((row) => row.label !== files.oos);
    const runs = Array.from({ length: DRAWS }, (_, draw) => curve(scripts, stream, inside, marks, files.seed + draw, timing));
    for (const mark of marks) {
      report.calls[String(mark)] = mean(runs.map((run) => run.get(mark)!));
      console.error(`${mark} calls: ${line(report.calls[String(mark)]!)}`);
    }
  }
  report.ms = { suggest: largest(timing.suggestMs), learn: largest(timing.learnMs) };
  if (report.modelMb === 0) report.modelMb = createSuggester({ scripts }).snapshot().byteLength / 1e6;
  return report;
}

/** Out-of-scope figures are taken at k = 20 where asked for, else at the largest k. */
function oosK(wanted: readonly string[]): string | undefined {
  return wanted.includes('20') ? '20' : [...wanted].sort((a, b) => count(a) - count(b)).at(-1);
}

function checkLabels(ids: readonly string[], rows: readonly Labelled[], oos: string | undefined): void {
  const known = new Set(ids);
  const missing = new Set(rows.map((row) => row.label).filter((label) => label !== oos && !known.has(label)));
  if (missing.size > 0) console.error(`Labels without a script (never right): ${[...missing].slice(0, 10).join(', ')}`);
}

function largest(list: readonly number[]): number {
  return list.length === 0 ? 0 : Number(Math.max(...list).toFixed(3));
}

function line(value: Accuracy): string {
  const p = (share: number): string => (share * 100).toFixed(1);
  return `@1 ${p(value.acc1)}  @3 ${p(value.acc3)}  @5 ${p(value.acc5)}  MRR ${value.mrr.toFixed(3)}`;
}

main();
