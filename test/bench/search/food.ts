import { readFileSync } from 'node:fs';
import { words } from '#shared/domain/search/text.ts';
import type { BenchQuery, CatalogRow } from './catalog.ts';

/** Tests of one rule on the words of a name; the grammar stands at the top of the fixture. */
type Test = (name: readonly string[]) => boolean;

function wordTest(pattern: string): (word: string) => boolean {
  const whole = new RegExp(`^(?:${pattern.replaceAll('*', '.*')})$`, 'u');
  return (word) => whole.test(word);
}

function testOf(text: string): Test {
  if (text.startsWith('<')) return (name) => name.length < Number(text.slice(1));
  if (text.startsWith('-')) {
    const banned = wordTest(text.slice(1));
    return (name) => !name.some(banned);
  }
  if (text.startsWith('^')) {
    const first = wordTest(text.slice(1));
    return (name) => first(name[0] ?? '');
  }
  const run = text.split('+').map(wordTest);
  return (name) => name.some((_word, at) => run.every((test, i) => test(name[at + i] ?? '')));
}

/** A word that every name chosen by a rule must have, when the rule names one outright: it saves trying all the others. */
function surest(rule: string): string | undefined {
  return rule.split(' ').flatMap((test) => (/^[-<]/.test(test) ? [] : test.replace('^', '').split('+'))).filter((word) => !/[*|]/.test(word)).sort((a, b) => b.length - a.length)[0];
}

/** Hand-written rules over a catalogue's names, as graded queries; every rule must choose something, so that the set cannot rot unseen. */
export function foodQueries(file: string, rows: readonly CatalogRow[]): BenchQuery[] {
  const names = rows.map((row) => ({ sku: String(row['sku']), name: words(String(row['name'])) }));
  const byWord = new Map<string, typeof names>();
  for (const entry of names) {
    for (const word of new Set(entry.name)) {
      const known = byWord.get(word);
      if (known === undefined) byWord.set(word, [entry]);
      else known.push(entry);
    }
  }
  const out: BenchQuery[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [kind = '', query = '', rules = ''] = line.split(' ; ');
    const labels: Record<string, number> = {};
    for (const text of rules.split(', ')) {
      const at = text.lastIndexOf('=');
      const rule = text.slice(0, at);
      const grade = Number(text.slice(at + 1));
      const tests = rule.split(' ').map(testOf);
      const must = surest(rule);
      let chosen = 0;
      for (const { sku, name } of must === undefined ? names : (byWord.get(must) ?? [])) {
        if (!tests.every((test) => test(name))) continue;
        chosen++;
        labels[sku] = Math.max(labels[sku] ?? 0, grade);
      }
      if (chosen === 0) throw new Error(`"${query}": nothing is chosen by ${rule}`);
    }
    out.push({ kind, query, labels });
  }
  return out;
}
