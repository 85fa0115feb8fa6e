import { describe, expect, it } from 'vitest';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { lintScript, type LintOptions } from '#shared/domain/scripts/lint.ts';
import { linesOfText, PANE } from '#shared/domain/scripts/pane.ts';
import type { Script, Step } from '#shared/domain/scripts/schema.ts';
import { catalogues, en } from '#shared/messages/catalogue.ts';
import { createTranslator } from '#shared/messages/translator.ts';
import { argumentsOf } from '../messages/icu.ts';
import { effort } from '#test/helpers/effort.ts';
import { script } from './fixtures.ts';

const found = (checked: Script, others: Script[] = [], options: LintOptions = {}): string[] =>
  lintScript(checked, createScriptLibrary([checked, ...others]), options).map((issue) => `${issue.code.slice(5)}:${issue.step ?? '-'}${issue.answer === undefined ? '' : `#${issue.answer}`}`);

describe('linting a script', () => {
  it('finds nothing in a sound one, a cycle with an exit included', () => {
    expect(found(script('ok', [
      { id: 'ask', say: 'Anything else, {{call.name}}?', answers: [{ id: 'y', label: 'Yes', to: 'note' }, { id: 'n', label: 'No', to: 'end' }] },
      { id: 'note', capture: [{ field: 'item' }], next: 'ask' }, { id: 'end', say: 'Goodbye from {{company}}.' },
    ], { fields: [{ id: 'item', label: 'Item', type: 'text' }] }))).toEqual([]);
  });

  it('finds missing entry, unknown targets, duplicates, orphans', () => {
    const broken = script('b', [{ id: 'a', answers: [{ id: 'x', label: 'X', to: 'gone' }, { id: 'x', label: 'X', to: 'c' }] }, { id: 'c' }, { id: 'c' }, { id: 'lonely' }], { entry: 'a' });
    expect(found(broken)).toEqual(['duplicateStep:c', 'orphan:lonely', 'unknownStep:a#x', 'duplicateAnswer:a#x']);
    expect(found({ ...broken, entry: 'nowhere' })).toContain('noEntry:-');
  });

  it('finds loops without exit, scripts without end, and steps where every way has a condition', () => {
    expect(found(script('loop', [{ id: 'a', answers: [{ id: 'x', label: 'X', to: 'b' }, { id: 'y', label: 'Y', to: 'z' }] }, { id: 'b', next: 'c' }, { id: 'c', next: 'b' }, { id: 'z' }]))).toEqual(['noExit:b', 'noExit:c']);
    expect(found(script('endless', [{ id: 'a', next: 'b' }, { id: 'b', next: 'a' }]))).toEqual(['noEnd:-']);
    const rule = { '==': [{ var: 'call.queue' }, 'vip'] };
    expect(found(script('dead', [{ id: 'a', answers: [{ id: 'x', label: 'X', to: 'z', when: rule }] }, { id: 'z' }]))).toEqual(['deadEnd:a']);
    expect(found(script('dead2', [{ id: 'a', branches: [{ to: 'z', when: rule }] }, { id: 'z' }]))).toEqual(['deadEnd:a']);
  });

  it('finds unknown fields, slots, variables, operators and sub-scripts; knows those of sub-scripts and callers', () => {
    const sub = script('sub', [{ id: 'a', say: 'Is it about {{topic}}?', capture: [{ field: 'caller' }] }], { kind: 'sub-script', fields: [{ id: 'caller', label: 'Caller', type: 'text' }] });
    const top = script('top', [
      { id: 'a', subScript: 'sub', capture: [{ field: 'topic' }], next: 'b' },
      { id: 'b', say: '{{caller}} {{nothing}} {{call.shoeSize}}', subScript: 'gone', branches: [{ to: 'c', when: { launch: [{ var: 'fields.unknown' }] } }], next: 'c' },
      { id: 'c', capture: [{ field: 'undefinedHere' }] },
    ], { fields: [{ id: 'topic', label: 'Topic', type: 'text' }] });
    expect(found(top, [sub])).toEqual(['unknownScript:b', 'unknownOperator:b', 'unknownVariable:b', 'unknownSlot:b', 'unknownSlot:b', 'fieldNotDefined:c']);
    expect(found(sub, [top])).toEqual([]);
    expect(found(sub)).toEqual(['unknownSlot:a']);
  });

  it('reads variables inside array operators in their own scope', () => {
    const rule = { some: [{ var: 'fields.items' }, { '>': [{ var: 'price' }, 3] }] };
    expect(found(script('s', [{ id: 'a', branches: [{ to: 'b', when: rule }], next: 'b' }, { id: 'b' }]))).toEqual(['unknownVariable:a']);
  });

  it('finds scripts that open each other', () => {
    const one = script('one', [{ id: 'a', subScript: 'two', next: 'b' }, { id: 'b' }]);
    expect(found(one, [script('two', [{ id: 'a', subScript: 'one', next: 'b' }, { id: 'b' }])])).toEqual(['callsItself:a']);
  });

  it('finds steps that would scroll and cues too long to glance at', () => {
    const long = 'word '.repeat(9 * PANE.lines);
    expect(found(script('s', [{ id: 'a', say: long }]))).toEqual(['tooLong:a']);
    expect(found(script('s', [{ id: 'a', say: { en: 'Short.', de: long }, cue: { en: 'A', de: 'A' } }], { title: { en: 'S', de: 'S' }, description: { en: 'S', de: 'S' } }))).toEqual(['tooLong:a']);
    expect(found(script('s', [{ id: 'a', cue: 'one two three four five six seven eight nine ten' }]))).toEqual(['cueTooLong:a']);
    expect(linesOfText('abc '.repeat(22))).toBe(2);
    expect(linesOfText('x'.repeat(89), 44)).toBe(3);
  });

  it('finds more than 150 steps, bad patterns, choices without choices, verbatim lines without words', () => {
    const many = script('many', Array.from({ length: 151 }, (_unused, index): Partial<Step> & { id: string } => (index === 150 ? { id: 's150' } : { id: `s${index}`, next: `s${index + 1}` })));
    expect(found(many)).toEqual(['tooManySteps:-']);
    const fields = script('f', [{ id: 'a', line: 'verbatim', capture: [{ field: 'x' }, { field: 'y' }] }], { fields: [{ id: 'x', label: 'X', type: 'text', pattern: '(a+)+' }, { id: 'y', label: 'Y', type: 'choice' }, { id: 'z', label: 'Z', type: 'text' }] });
    expect(found(fields)).toEqual(['verbatimWithoutWords:a', 'badPattern:-', 'noChoices:-', 'fieldUnused:-']);
  });

  it('finds cues and answers without words, and says which answer', () => {
    expect(found(script('e', [{ id: 'a', cue: ' ', answers: [{ id: 'x', label: '', to: 'b' }] }, { id: 'b' }]))).toEqual(['emptyCue:a', 'emptyAnswer:a#x']);
  });

  it('finds texts that lack a language the script uses or the desk asks for', () => {
    const half = script('half', [{ id: 'a', cue: { en: 'Greet', de: 'Grüßen' }, say: 'Hello.' }], { title: { en: 'Half', de: 'Halb' }, description: { en: 'x', de: 'x' } });
    expect(lintScript(half).map((issue) => issue.params)).toEqual([{ step: 'a', what: 'wording', language: 'de' }]);
    expect(found(half, [], { languages: ['es'] })).toHaveLength(5);
  });

  it('has a sentence with all its places for every finding', () => {
    const everything = script('e', [
      { id: 'a', say: '{{x}}', answers: [{ id: 'q', label: 'Q', to: 'none', when: { zap: 1 } }], branches: [{ to: 'b', when: { var: 'nope' } }], subScript: 'gone' },
      { id: 'b', next: 'b' }, { id: 'orphan' },
    ], { fields: [{ id: 'p', label: 'P', type: 'text', pattern: '[' }] });
    for (const issue of lintScript(everything)) {
      for (const language of ['en', 'de']) expect(createTranslator(language, catalogues[language] ?? {}, en)(issue.code, issue.params)).not.toMatch(/undefined|[{}]{2}$/);
      expect(Object.keys(argumentsOf(en[issue.code])).filter((name) => name !== 'name' && issue.params[name] === undefined)).toEqual([]);
    }
  });

  // How long 150 steps take is printed by bench:rules.
  it('takes as much longer as a script is longer', () => {
    const lintOf = (count: number, times: number): number => {
      const big = script('big', Array.from({ length: count }, (_unused, index): Partial<Step> & { id: string } => ({
        id: `s${index}`, say: 'Some words to say to {{call.name}} about it. '.repeat(3), mustSay: `M${index}`,
        ...(index === count - 1 ? {} : { answers: [1, 2, 7, 40].map((jump, at) => ({ id: `a${at}`, label: 'A', to: `s${Math.min(count - 1, index + jump)}`, when: { '!=': [{ var: 'call.queue' }, at] } })), next: `s${index + 1}` }),
      })));
      const library = createScriptLibrary([big]);
      return effort(() => { for (let at = 0; at < times; at++) lintScript(big, library); });
    };
    // The same number of steps in all; were each step compared with all others, it would be eight times as much.
    expect(lintOf(400, 10)).toBeLessThan(lintOf(50, 80) * 4);
  });
});
