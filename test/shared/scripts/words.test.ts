import { spawnSync } from 'node:child_process';
import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { fillText, type SlotSources } from '#shared/domain/scripts/slots.ts';
import { inspectRule, ruleHolds } from '#shared/domain/scripts/rules.ts';
import type { Field } from '#shared/domain/scripts/schema.ts';
import { counterexample } from './property.ts';
import { parseField, parseNumber, patternProblem, safePattern, validateField } from '#shared/domain/scripts/validate.ts';

const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({ id: 'f', label: 'Field', type, ...more });
const parsed = (definition: Field, text: string, language = 'en'): unknown => {
  const result = parseField(definition, text, language);
  return result.kind === 'value' ? result.value : result.kind === 'error' ? result.message.key : result.kind;
};

describe('fields', () => {
  it('read numbers and money the way the language writes them', () => {
    expect(parsed(field('number'), '1,234.5')).toBe(1234.5);
    expect(parsed(field('number'), '1.234,5', 'de')).toBe(1234.5);
    expect(parsed(field('number'), '1,5', 'de')).toBe(1.5);
    expect(parsed(field('money', { currency: 'EUR' }), '12.50 €', 'de')).toBe(12.5);
    expect(parsed(field('money', { currency: 'GBP' }), '£12')).toBe(12);
    expect(parsed(field('number'), 'twelve')).toBe('field.error.number');
    expect(parsed(field('number'), '1,2,3')).toBe('field.error.number');
    expect(parseNumber('1 234,5', 'fr')).toBe(1234.5);
  });

  it('read days and times, and refuse days that do not exist', () => {
    expect(parsed(field('date'), '29/05/2026', 'en-GB')).toBe('2026-05-29');
    expect(parsed(field('date'), '5/29/2026', 'en-US')).toBe('2026-05-29');
    expect(parsed(field('date'), '29.5.26', 'de')).toBe('2026-05-29');
    expect(parsed(field('date'), '2026-02-30')).toBe('field.error.date');
    expect(parsed(field('time'), '2:30 pm')).toBe('14:30');
    expect(parsed(field('time'), '12am')).toBe('00:00');
    expect(parsed(field('time'), '1430')).toBe('14:30');
    expect(parsed(field('time'), '25:00')).toBe('field.error.time');
  });

  it('check phones, e-mails, choices, yes and no, ranges and patterns', () => {
    expect(parsed(field('phone'), '+44 (0)20 7946 0958')).toBe('+44 (0)20 7946 0958');
    expect(parsed(field('phone'), 'ring me')).toBe('field.error.phone');
    expect(parsed(field('email'), 'a.b@c.example')).toBe('a.b@c.example');
    expect(parsed(field('email'), 'a@b')).toBe('field.error.email');
    const choice = field('choice', { choices: [{ value: 'wait', label: { en: 'Wait', de: 'Warten' } }] });
    expect(parsed(choice, 'warten', 'de')).toBe('wait');
    expect(parsed(choice, 'run')).toBe('field.error.choice');
    expect(parsed(field('yes-no'), 'ja', 'de')).toBe(true);
    expect(parsed(field('yes-no'), 'maybe')).toBe('field.error.yesNo');
    expect(parsed(field('number', { min: 1, max: 5 }), '9')).toBe('field.error.max');
    expect(parsed(field('text', { pattern: '[0-9]{4}' }), '12345')).toBe('field.error.pattern');
    expect(parsed(field('text', { pattern: '^[A-Z-]{2,}$', patternHelp: 'capitals' }), 'AB-C')).toBe('AB-C');
    expect(validateField(field('text'), '  ', 'en', true)?.key).toBe('field.error.required');
    expect(validateField(field('text'), undefined, 'en')).toBeUndefined();
  });

  it('refuse patterns that could take for ever, and none of the others is slow', () => {
    expect(patternProblem('(a+)+')).toBe('nested-repetition');
    expect(patternProblem('(a|a)*b')).toBe('nested-repetition');
    expect(patternProblem('(?<=a)b')).toBe('lookbehind');
    expect(patternProblem('(a)\\1')).toBe('back-reference');
    expect(patternProblem('[')).toBe('not-a-pattern');
    expect(patternProblem('^[A-Za-z0-9-]{4,20}$')).toBeUndefined();
    expect(patternProblem('(ab){2}-[0-9]+')).toBeUndefined();
    expect(safePattern('(a+)+')).toBeUndefined();
  });

  it('never throw, whatever is typed', () => {
    const types = fc.constantFrom<Field['type']>('text', 'long-text', 'number', 'money', 'date', 'time', 'phone', 'email', 'choice', 'yes-no');
    expect(counterexample(fc.property(types, fc.string({ unit: 'grapheme' }), fc.constantFrom('en', 'de', 'pt-BR', 'ar', 'ja'), (type, text, language) => {
      const definition = field(type, { currency: 'EUR', pattern: '[a-z]*' });
      const result = parseField(definition, text, language);
      return result.kind !== 'value' || validateField(definition, result.value, language) === undefined;
    }), 2_000)).toBeNull();
  });
});

describe('slots', () => {
  const definitions: Record<string, Field> = {
    due: field('date', { id: 'due', label: 'Due day' }), sum: field('money', { id: 'sum', currency: 'EUR' }),
    way: field('choice', { id: 'way', choices: [{ value: 'w', label: { en: 'by post', de: 'per Post' } }] }), sure: field('yes-no', { id: 'sure' }),
  };
  const sources = (fields: SlotSources['fields'], more: Partial<SlotSources> = {}): SlotSources => ({ fields, field: (id) => (Object.hasOwn(definitions, id) ? definitions[id] : undefined), call: {}, language: 'en', ...more });
  const said = (text: string, fields: SlotSources['fields'] = {}, more: Partial<SlotSources> = {}): string => fillText(text, sources(fields, more)).text;

  it('are written by type in the caller\'s language', () => {
    expect(said('{{sum}} {{way}}', { sum: 12.5, way: 'w' })).toBe('€12.50 by post');
    expect(said('{{sum}} {{way}}', { sum: 12.5, way: 'w' }, { language: 'de' })).toBe('12,50\u00a0€ per Post');
    expect(said('{{due}}', { due: '2026-05-29' }, { language: 'de' })).toBe('Freitag, 29. Mai');
  });

  it('show a marked gap instead of an empty or wrong value', () => {
    expect(said('Due {{due}}.')).toBe('Due ‹Due day›.');
    expect(said('Due {{due}}.', { due: 'tomorrow' })).toBe('Due ‹Due day›.');
    expect(said('{{sum}}', { sum: 'much' })).toBe('‹Field›');
    expect(said('{{sure}}', { sure: true })).toBe('‹Field›');
    expect(said('{{constructor}} {{call.toString}}')).toBe('‹constructor› ‹to string›');
    expect(fillText('Due {{due}}.', sources({})).missing).toEqual(['due']);
  });

  it('leave out an optional part, and a form of address, with its comma', () => {
    expect(said('I have it here[[, due {{due}}]].')).toBe('I have it here.');
    expect(said('I have it here[[, due {{due}}]].', { due: '2026-05-29' })).toContain('here, due Friday');
    expect(said('Thank you, {{call.name}}. Goodbye, {{call.name}}!')).toBe('Thank you. Goodbye!');
    expect(said('{{call.name}}, let me look.')).toBe('Let me look.');
    expect(said('Hello, {{call.name}}.', {}, { call: { name: 'Ms Ito' } })).toBe('Hello, Ms Ito.');
    expect(said('It comes, {{due}}.')).toBe('It comes, ‹Due day›.');
    expect(said('Bye, {{customerName}}.')).toBe('Bye.');
  });

  it('never print braces or nothing at all, whatever the fields hold', () => {
    expect(counterexample(fc.property(fc.dictionary(fc.constantFrom('due', 'sum', 'way', 'sure', 'free'), fc.oneof(fc.string(), fc.double(), fc.boolean())), (fields) => {
      const filled = fillText('A {{due}} B {{sum}} C {{way}} D {{sure}} E {{free}} F', sources(fields));
      const free = fields['free'];
      return filled.segments.every((segment) => segment.kind !== 'slot' || segment.text === String(free).trim() || (segment.text.trim() !== '' && !/NaN|undefined|null|Invalid|∞/.test(segment.text)));
    }), 1_000)).toBeNull();
  });
});

describe('conditions', () => {
  const context = { fields: { total: 60, when: '2026-05-01', list: ['a'] }, call: { queue: 'vip', today: '2026-05-20' } };

  it('read fields and call facts, count days, and do not hold when they cannot be evaluated', () => {
    expect(ruleHolds({ and: [{ '>': [{ var: 'fields.total' }, 50] }, { '==': [{ var: 'call.queue' }, 'vip'] }] }, context)).toBe(true);
    expect(ruleHolds({ '<=': [{ daysBetween: [{ var: 'fields.when' }, { var: 'call.today' }] }, 30] }, context)).toBe(true);
    expect(ruleHolds({ '>': [{ daysBetween: [{ var: 'fields.when' }, { var: 'call.today' }] }, 19] }, context)).toBe(false);
    expect(ruleHolds({ in: ['a', { var: 'fields.list' }] }, context)).toBe(true);
    expect(ruleHolds({ '!!': { var: 'fields.none' } }, context)).toBe(false);
    expect(ruleHolds({ nosuch: [1] }, context)).toBe(false);
    expect(ruleHolds({ constructor: [1] }, context)).toBe(false);
    expect(ruleHolds({ '!!': { var: 'constructor.constructor' } }, context)).toBe(false);
    expect(inspectRule({ and: [{ '!!': { var: 'fields.total' } }, { frob: [{ var: ['call.queue', 'x'] }] }] })).toEqual({ paths: ['fields.total', 'call.queue'], unknownOperators: ['frob'] });
  });

  it('never throw on any JSON', () => {
    expect(counterexample(fc.property(fc.json(), (text) => { ruleHolds(JSON.parse(text) as never, context); inspectRule(JSON.parse(text) as never); }), 1_000)).toBeNull();
  });

  it('work where code generation from strings is forbidden, as in the window', () => {
    const program = `
      import { ruleHolds } from '#shared/domain/scripts/rules.ts';
      const context = { fields: { n: 5, list: [1, 2, 3] }, call: {} };
      const rules = [{ '>': [{ var: 'fields.n' }, 4] }, { some: [{ var: 'fields.list' }, { '>': [{ var: '' }, 2] }] }, { all: [{ map: [{ var: 'fields.list' }, { '+': [{ var: '' }, 1] }] }, { '<': [{ var: '' }, 9] }] },
        { '==': [{ reduce: [{ var: 'fields.list' }, { '+': [{ var: 'current' }, { var: 'accumulator' }] }, 0] }, 6] }, { if: [{ '??': [null, true] }, true, false] }, { '<': [0, { var: 'fields.n' }, 9] }, { none: [{ filter: [{ var: 'fields.list' }, { '>': [{ var: '' }, 5] }] }, true] }, { exists: ['fields', 'n'] }];
      let evals = 0; globalThis.eval = () => { evals += 1; throw new EvalError('forbidden'); };
      process.stdout.write(JSON.stringify([rules.map((rule) => ruleHolds(rule, context)), evals]));`;
    const run = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', '--no-warnings', '--input-type=module', '-e', program], { cwd: process.cwd(), encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual([[true, true, true, true, true, true, true, true], 0]);
  });
});
