/**
 * Draws how suggestions get better while a desk handles calls: `npm run eval:suggest:curve` measures on
 * the data beside the checkout and writes docs/images/suggest-learning-curve.svg, and the numbers to
 * standard output.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Suggestible } from '#main/features/suggest/engine/types.ts';
import { seeded } from '#test/helpers/seeded.ts';
import { DATA, haveData, readJsonl, readLabelled, shuffled, splitRows, titlesOf, type Labelled } from './suggest-data.ts';
import { curve, type Accuracy } from './suggest-measure.ts';
import { taskScripts } from './suggest-scripts.ts';
import { curveSvg, type Line } from './suggest-svg.ts';

const MARKS = [0, 10, 25, 50, 100, 200, 400, 700, 1000] as const;
const OUT = resolve(import.meta.dirname, '../../docs/images/suggest-learning-curve.svg');
/** Questions asked at each mark; more only make the line smoother. */
const ASKED = 900;

type Set = { name: string; scripts: Suggestible[]; train: Labelled[]; queries: Labelled[] };

function sets(): Set[] {
  const found: Set[] = [];
  const intents = (name: string, file: string, but?: string): void => {
    const rows = readLabelled(resolve(DATA, file)).filter((row) => row.label !== but);
    const { train, queries } = splitRows(rows, 20, 99);
    found.push({ name: `${name}, ${titlesOf(rows).length} scripts`, scripts: titlesOf(rows), train, queries: shuffled(queries, seeded(5)).slice(0, ASKED) });
  };
  if (haveData('star_scripts.json', 'star_script_queries_dev.jsonl')) found.push(tasks());
  if (haveData('bitext_utterances.jsonl')) intents('Bitext support', 'bitext_utterances.jsonl');
  if (haveData('clinc150_train.jsonl')) intents('CLINC150', 'clinc150_train.jsonl', 'oos');
  if (haveData('banking77_train.jsonl')) intents('banking77', 'banking77_train.jsonl');
  return found;
}

/** Dialogues of three turns; one half is learned, the other asked. */
function tasks(): Set {
  const rows = readJsonl(resolve(DATA, 'star_script_queries_dev.jsonl')).filter((row) => row['n_utterances'] === 3)
    .map((row) => ({ text: String(row['text']), label: String(row['task']) }));
  const mixed = shuffled(rows, seeded(3));
  const half = Math.floor(mixed.length / 2);
  return { name: 'tasks, 24 scripts', scripts: taskScripts(), train: mixed.slice(0, half), queries: mixed.slice(half).slice(0, ASKED) };
}

function main(): void {
  const found = sets();
  if (found.length === 0) {
    console.log('SKIPPED  the measuring data is not beside this checkout (../shared/data)');
    return;
  }
  const lines: Line[] = [];
  for (const { name, scripts, train, queries } of found) {
    const points = curve(scripts, train, queries, MARKS, 1);
    const marks = MARKS.filter((mark) => mark <= train.length);
    lines.push({ name, points: marks.map((mark) => ({ x: mark, y: points.get(mark)!.acc3 * 100 })) });
    console.log(`${name}\n${marks.map((mark) => `  ${String(mark).padStart(5)} calls  ${percent(points.get(mark)!)}`).join('\n')}`);
  }
  writeFileSync(OUT, curveSvg(lines));
}

function percent(value: Accuracy): string {
  return [value.acc1, value.acc3, value.acc5].map((share) => (share * 100).toFixed(1).padStart(5)).join(' / ');
}

main();
