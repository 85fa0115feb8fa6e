import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Suggestible } from '#main/features/suggest/engine/types.ts';
import { seeded } from '#test/helpers/seeded.ts';

export type Labelled = { text: string; label: string };

/** The measuring data lies beside the checkout; it is not part of the project. */
export const DATA = resolve(import.meta.dirname, '../../../shared/data');

export function haveData(...files: string[]): boolean {
  return files.every((file) => existsSync(resolve(DATA, file)));
}

/** Rows of a JSON-lines file; a bad line is named by file and number. */
export function readJsonl(file: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  readFileSync(file, 'utf8').split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    try {
      rows.push(JSON.parse(line) as Record<string, unknown>);
    } catch {
      throw new Error(`${file}:${index + 1} is not a line of JSON`);
    }
  });
  return rows;
}

/** Script rows `id, title, description?, steps?, examples?`. */
export function readScripts(file: string): Suggestible[] {
  return readJsonl(file).map((row, index) => {
    if (typeof row['id'] !== 'string' || typeof row['title'] !== 'string') {
      throw new Error(`${file}: row ${index + 1} needs the texts "id" and "title"`);
    }
    return {
      id: row['id'],
      title: row['title'],
      ...(typeof row['description'] === 'string' ? { description: row['description'] } : {}),
      ...(Array.isArray(row['steps']) ? { steps: row['steps'].map(String) } : {}),
      ...(Array.isArray(row['examples']) ? { examples: row['examples'].map(String) } : {}),
    };
  });
}

/** Rows `text, label`; `intent` and `task` are read as the label too. */
export function readLabelled(file: string): Labelled[] {
  return readJsonl(file).map((row, index) => {
    const label = row['label'] ?? row['intent'] ?? row['task'];
    if (typeof row['text'] !== 'string' || typeof label !== 'string') {
      throw new Error(`${file}: row ${index + 1} needs the texts "text" and "label"`);
    }
    return { text: row['text'], label };
  });
}

export function shuffled<T>(list: readonly T[], next: () => number): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

export function byLabel(rows: readonly Labelled[]): Map<string, Labelled[]> {
  const groups = new Map<string, Labelled[]>();
  for (const row of rows) {
    const group = groups.get(row.label);
    if (group) group.push(row);
    else groups.set(row.label, [row]);
  }
  return groups;
}

/** Holds `perLabel` rows of every label back for questions; the rest may be learned. */
export function splitRows(rows: readonly Labelled[], perLabel: number, seed: number): { train: Labelled[]; queries: Labelled[] } {
  const next = seeded(seed);
  const train: Labelled[] = [];
  const queries: Labelled[] = [];
  for (const [, group] of [...byLabel(rows)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const mixed = shuffled(group, next);
    queries.push(...mixed.slice(0, perLabel));
    train.push(...mixed.slice(perLabel));
  }
  return { train, queries };
}

/** `k` rows of every label (all when Infinity), in mixed order. */
export function sampleK(rows: readonly Labelled[], k: number, seed: number): Labelled[] {
  const next = seeded(seed);
  const picked = [...byLabel(rows)].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => shuffled(group, next).slice(0, k));
  return shuffled(picked, next);
}

/** Label names as titles, where a data set has nothing better. */
export function titlesOf(rows: readonly Labelled[], but?: string): Suggestible[] {
  return [...byLabel(rows).keys()].filter((label) => label !== but).sort().map((id) => ({ id, title: id.replaceAll('_', ' ') }));
}

/** Each letter is changed with chance `rate`: replaced, dropped, doubled by another, or swapped with the next. */
export function withNoise(text: string, rate: number, next: () => number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const any = (): string => letters[Math.floor(next() * 26)]!;
  const chars = [...text];
  let out = '';
  for (let i = 0; i < chars.length; i += 1) {
    if (next() >= rate) {
      out += chars[i];
      continue;
    }
    const kind = Math.floor(next() * 4);
    if (kind === 0) out += any();
    else if (kind === 2) out += chars[i]! + any();
    else if (kind === 3 && i + 1 < chars.length) {
      out += chars[i + 1]! + chars[i]!;
      i += 1;
    } else if (kind === 3) out += chars[i];
  }
  return out;
}
