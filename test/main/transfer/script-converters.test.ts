import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertScriptFile } from '#main/features/transfer/script-converters/index.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { lintScript } from '#shared/domain/scripts/lint.ts';
import { scriptSchema, type Script } from '#shared/domain/scripts/schema.ts';

const DATA = resolve(import.meta.dirname, '../../../../shared/data');

function load(file: string): Script[] {
  const result = convertScriptFile(JSON.parse(readFileSync(resolve(DATA, file), 'utf8')));
  if (result.kind !== 'converted') throw new Error(`${file} was not recognised`);
  return result.found.map(({ script }) => script);
}

function targets(script: Script, id: string): string[] {
  const step = script.steps.find((one) => one.id === id)!;
  return [...(step.answers ?? []).map((answer) => answer.to), ...(step.branches ?? []).map((branch) => branch.to), ...(step.next === undefined ? [] : [step.next])];
}

function reachableFrom(script: Script, start: string): Set<string> {
  const found = new Set([start]);
  for (const id of found) for (const to of targets(script, id)) found.add(to);
  return found;
}

function checkScript(script: Script, all: Script[]): void {
  expect(scriptSchema.safeParse(script).error?.issues ?? [], script.id).toEqual([]);
  expect(lintScript(script, createScriptLibrary(all)).filter((issue) => issue.severity === 'error'), script.id).toEqual([]);
  const ids = script.steps.map((step) => step.id);
  expect(new Set(ids).size, `${script.id}: step ids`).toBe(ids.length);
  expect([...reachableFrom(script, script.entry)].sort(), `${script.id}: reachable`).toEqual([...ids].sort());
  const exits = ids.filter((id) => targets(script, id).length === 0);
  expect(exits.length, `${script.id}: exits`).toBeGreaterThan(0);
  for (const id of ids) {
    const on = reachableFrom(script, id);
    expect(exits.some((exit) => on.has(exit)), `${script.id}: from ${id} to an exit`).toBe(true);
  }
}

const cases = [
  { file: 'abcd_scripts.json', count: 55, name: 'retailer flows', linear: ['manage_change_phone', 'manage_payment_method'] },
  { file: 'star_scripts.json', count: 24, name: 'task flows', linear: [] },
] as const;

describe.each(cases)('the public $name', ({ file, count, linear }) => {
  const here = existsSync(resolve(DATA, file));
  it.skipIf(!here)(`${file} gives ${count} scripts that pass schema and linter and can be walked to an end from every step`, () => {
    const scripts = load(file);
    expect(scripts).toHaveLength(count);
    expect(new Set(scripts.map((script) => script.id)).size).toBe(count);
    for (const script of scripts) checkScript(script, scripts);
  });
  it.skipIf(!here)(`${file}: most scripts branch on what the caller says, and nothing scrolls`, () => {
    const scripts = load(file);
    const branching = scripts.filter((script) => script.steps.some((step) => new Set((step.answers ?? []).map((answer) => answer.to)).size > 1));
    expect(branching.length / scripts.length).toBeGreaterThan(0.75);
    expect(scripts.filter((script) => !script.steps.some((step) => (step.answers?.length ?? 0) > 1)).map((script) => script.id)).toEqual(linear);
    const long = scripts.flatMap((script) => lintScript(script).filter((issue) => issue.code === 'lint.tooLong').map((issue) => `${script.id}/${issue.step}`));
    expect(long).toEqual([]);
  });
});

describe.skipIf(!existsSync(resolve(DATA, 'abcd_scripts.json')))('retailer flows in detail', () => {
  const scripts = existsSync(resolve(DATA, 'abcd_scripts.json')) ? load('abcd_scripts.json') : [];
  const script = (id: string): Script => scripts.find((one) => one.id === id)!;

  it('a yes of the system passes over the steps meant for a no', () => {
    const fee = script('status_mystery_fee');
    const oracle = fee.steps.find((step) => step.answers?.some((answer) => answer.label === 'Yes'))!;
    const to = (label: string): string => oracle.answers!.find((answer) => answer.label === label)!.to;
    expect(to('Yes')).toMatch(/^5-/);
    expect(to('No')).toMatch(/^4-/);
  });
  it('a case that ends the conversation leads to the apology', () => {
    const fee = script('status_mystery_fee');
    const guest = fee.steps.find((step) => JSON.stringify(step.cue).includes('Guest'))!;
    expect(reachableFrom(fee, guest.id).has('cannot-help')).toBe(true);
    expect(reachableFrom(fee, guest.id).has('closing')).toBe(false);
  });
  it('a step for one case is offered beside the way on', () => {
    const late = script('missing');
    const reason = late.steps.find((step) => step.id.startsWith('3-'))!;
    expect(reason.answers!.map((answer) => answer.to.slice(0, 1))).toEqual(['4', '5', '6']);
  });
  it('a forgotten username runs its own script and comes back', () => {
    const detour = script('refund_update').steps.find((step) => step.subScript === 'recover_username')!;
    expect(detour.next).toMatch(/^3-/);
  });
  it('steps to be tried in any order hang on one choice', () => {
    const slow = script('slow_speed');
    const hub = slow.steps.find((step) => step.id === slow.entry)!;
    expect(hub.answers).toHaveLength(6);
  });
});

describe.skipIf(!existsSync(resolve(DATA, 'star_scripts.json')))('task flows in detail', () => {
  const scripts = existsSync(resolve(DATA, 'star_scripts.json')) ? load('star_scripts.json') : [];
  const step = (id: string, name: string): Script['steps'][number] => scripts.find((one) => one.id === id)!.steps.find((one) => one.id === name)!;

  it('an unknown PIN leads to the other questions of identity', () => {
    const answers = step('bank_fraud_report', 'bank-ask-pin').answers!;
    expect(answers.map((answer) => answer.to)).toEqual(['bank-ask-fraud-details', 'bank-ask-dob']);
  });
  it('the check ends in available or not, and yes books', () => {
    expect(step('plane_book', 'query-check').answers!.map((answer) => answer.to).slice(0, 2)).toEqual(['plane-flight-available', 'plane-flight-unavailable']);
    expect(step('plane_book', 'plane-flight-available').answers![0]).toMatchObject({ label: 'Yes', to: 'query-book' });
  });
  it('what the system tells is captured before it is said', () => {
    expect(step('plane_book', 'plane-flight-unavailable').say).toContain('{{flightId}}');
    expect(step('plane_book', 'plane-ask-flight-id').capture).toEqual([{ field: 'flightId' }]);
  });
});

describe('files of another form', () => {
  it.each([null, 1, 'text', [], {}, { a: 1 }, { a: { title: 'x' } }])('%j is not taken for scripts', (content) => {
    expect(convertScriptFile(content)).toEqual({ kind: 'unknown-format' });
  });
});
