import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { editScript, freeAnswerId, freeStepId, type ScriptEdit, type Way } from '#shared/domain/scripts/edit.ts';
import { targetsOf } from '#shared/domain/scripts/graph.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { lintScript } from '#shared/domain/scripts/lint.ts';
import { scriptSchema, type Script } from '#shared/domain/scripts/schema.ts';
import { script } from '../scripts/fixtures.ts';

const start = (): Script => script('s', [
  { id: 'a', say: 'Hello {{call.name}}, about {{order}}?', capture: [{ field: 'order', required: true }], answers: [{ id: 'y', label: 'Yes', to: 'b', set: { done: true }, when: { '==': [{ var: 'fields.order' }, 'x'] } }, { id: 'n', label: 'No', to: 'c' }] },
  { id: 'b', branches: [{ when: { '!!': [{ var: 'fields.order' }] }, to: 'c' }], next: 'c' },
  { id: 'c' },
], { fields: [{ id: 'order', label: 'Order', type: 'text' }, { id: 'done', label: 'Done', type: 'yes-no' }] });

/** Steps are named by their place, so that most edits of a random sequence hit something. */
type Blind = (script: Script) => ScriptEdit;
const place = fc.nat({ max: 6 });
const idAt = (one: Script, at: number): string => one.steps[at % one.steps.length]?.id ?? 'gone';
const way: fc.Arbitrary<Way> = fc.oneof(fc.constant<Way>({ kind: 'next' }), place.map((at): Way => ({ kind: 'answer', at: at % 3 })), place.map((at): Way => ({ kind: 'branch', at: at % 2 })));
const listWay = way.filter((one): one is Exclude<Way, { kind: 'next' }> => one.kind !== 'next');
const words = fc.string({ maxLength: 12 });
const edit: fc.Arbitrary<Blind> = fc.oneof(
  fc.tuple(place, fc.option(place), fc.oneof(way, fc.constant<'open'>('open'))).map(([after, from, by]): Blind => (one) => ({ type: 'add-step', step: { id: freeStepId(one), cue: '' }, after: idAt(one, after), ...(from === null ? {} : { from: { id: idAt(one, from), way: by } }) })),
  fc.tuple(place, words).map(([at, say]): Blind => (one) => ({ type: 'step', id: idAt(one, at), patch: { say } })),
  fc.tuple(place).map(([at]): Blind => (one) => ({ type: 'step', id: idAt(one, at), patch: { say: null, mustSay: null } })),
  place.map((at): Blind => (one) => ({ type: 'rename-step', id: idAt(one, at), to: freeStepId(one, `renamed-${at}`) })),
  place.map((at): Blind => (one) => ({ type: 'remove-step', id: idAt(one, at) })),
  fc.tuple(place, place).map(([at, to]): Blind => (one) => ({ type: 'move-step', id: idAt(one, at), to })),
  fc.tuple(place, fc.oneof(way, fc.constant<'open'>('open')), place).map(([at, by, to]): Blind => (one) => ({ type: 'connect', id: idAt(one, at), way: by, to: idAt(one, to) })),
  fc.tuple(place, way).map(([at, by]): Blind => (one) => ({ type: 'disconnect', id: idAt(one, at), way: by })),
  fc.tuple(place, place, words).map(([at, to, label]): Blind => (one) => ({ type: 'add-answer', id: idAt(one, at), answer: { id: freeAnswerId(one.steps[at % one.steps.length] ?? { id: 'x', cue: '' }), label, to: idAt(one, to) } })),
  fc.tuple(place, place, words).map(([at, which, label]): Blind => (one) => ({ type: 'answer', id: idAt(one, at), at: which % 3, patch: { label, when: null } })),
  fc.tuple(place, listWay, place).map(([at, by, to]): Blind => (one) => ({ type: 'move-way', id: idAt(one, at), way: by, to })),
  fc.tuple(place, place).map(([at, to]): Blind => (one) => ({ type: 'add-branch', id: idAt(one, at), branch: { when: { '!!': [{ var: 'fields.order' }] }, to: idAt(one, to) } })),
  fc.constant<Blind>(() => ({ type: 'rename-field', id: 'order', to: 'orderNumber' })),
  fc.constant<Blind>(() => ({ type: 'remove-field', id: 'done' })),
  place.map((at): Blind => (one) => ({ type: 'entry', id: idAt(one, at) })),
  words.map((title): Blind => () => ({ type: 'head', patch: { title } })),
);

describe('editing a script', () => {
  it('always leaves a script the schema takes, with an entry that exists, and never changes what it was given', () => {
    fc.assert(fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
      let one = start();
      for (const blind of edits) {
        const frozen = JSON.stringify(one);
        const next = editScript(one, blind(one));
        expect(JSON.stringify(one)).toBe(frozen);
        expect(scriptSchema.safeParse(next).success).toBe(true);
        expect(next.steps.some((step) => step.id === next.entry)).toBe(true);
        one = next;
      }
    }), { numRuns: 200 });
  });

  it('shares what it did not touch, so that a step back is a step kept and not a copy', () => {
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 20 }), (edits) => {
      const kept: { script: Script; text: string }[] = [{ script: start(), text: JSON.stringify(start()) }];
      for (const blind of edits) {
        const before = (kept.at(-1) as { script: Script }).script;
        const change = blind(before);
        const next = editScript(before, change);
        if (change.type === 'step' || change.type === 'answer' || change.type === 'connect') {
          expect(next.steps.filter((step, at) => step !== before.steps[at]).length).toBeLessThanOrEqual(1);
        }
        kept.push({ script: next, text: JSON.stringify(next) });
      }
      // Undone to any point, every version is exactly what it was when it was shown.
      for (const { script: version, text } of kept.toReversed()) expect(JSON.stringify(version)).toBe(text);
    }), { numRuns: 200 });
  });

  it('follows a renamed step and field everywhere they are named', () => {
    const renamed = editScript(editScript(start(), { type: 'rename-field', id: 'order', to: 'orderNumber' }), { type: 'rename-step', id: 'c', to: 'end' });
    expect(JSON.stringify(renamed)).not.toMatch(/"order"|\{\{order\}\}|fields\.order"|"(?:to|next|id)":"c"/);
    expect(lintScript(renamed, createScriptLibrary([renamed])).filter((issue) => issue.severity === 'error')).toEqual([]);
  });

  it('closes the gap a removed step leaves, and keeps the words of answers where it cannot', () => {
    const without = editScript(start(), { type: 'remove-step', id: 'b' });
    expect(without.steps.flatMap(targetsOf)).toEqual(['c']);
    const dangling = editScript(script('d', [{ id: 'a', answers: [{ id: 'y', label: 'Yes, please', to: 'b' }] }, { id: 'b', answers: [{ id: 'one', label: 'One', to: 'c' }, { id: 'two', label: 'Two', to: 'a' }] }, { id: 'c' }]), { type: 'remove-step', id: 'b' });
    expect(dangling.steps[0]?.answers?.[0]).toMatchObject({ label: 'Yes, please', to: 'b' });
    expect(lintScript(dangling).map((issue) => issue.code)).toContain('lint.unknownStep');
  });
});
