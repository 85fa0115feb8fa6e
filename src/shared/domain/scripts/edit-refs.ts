import type { LocalText } from '../common.ts';
import type { Answer, Rule, Script, Step } from './schema.ts';

/** Every place a step or a field is named in a script; editing goes through here so that no place is forgotten. */

/** The step with `change` applied to the id of every step it leads to; the same object when nothing changed. */
export function mapTargets(step: Step, change: (to: string) => string): Step {
  let touched = false;
  const target = (to: string): string => {
    const next = change(to);
    if (next !== to) touched = true;
    return next;
  };
  const mapped: Step = {
    ...step,
    ...(step.answers === undefined ? {} : { answers: step.answers.map((answer) => ({ ...answer, to: target(answer.to) })) }),
    ...(step.branches === undefined ? {} : { branches: step.branches.map((branch) => ({ ...branch, to: target(branch.to) })) }),
    ...(step.next === undefined ? {} : { next: target(step.next) }),
  };
  return touched ? mapped : step;
}

/** The script with the field `from` called `to` in captures, answers, conditions and words. */
export function renameFieldEverywhere(script: Script, from: string, to: string): Script {
  const text = (words: LocalText | undefined): LocalText | undefined => (words === undefined ? undefined : mapText(words, (one) => renameSlot(one, from, to)));
  const steps = script.steps.map((step): Step => ({
    ...step,
    cue: text(step.cue) ?? step.cue,
    ...(step.say === undefined ? {} : { say: text(step.say) ?? step.say }),
    ...(step.doThis === undefined ? {} : { doThis: text(step.doThis) ?? step.doThis }),
    ...(step.capture === undefined ? {} : { capture: step.capture.map((capture) => (capture.field === from ? { ...capture, field: to } : capture)) }),
    ...(step.branches === undefined ? {} : { branches: step.branches.map((branch) => ({ ...branch, when: renameInRule(branch.when, from, to) })) }),
    ...(step.answers === undefined ? {} : { answers: step.answers.map((answer) => renameInAnswer(answer, from, to)) }),
  }));
  return { ...script, steps, ...(script.fields === undefined ? {} : { fields: script.fields.map((field) => (field.id === from ? { ...field, id: to } : field)) }) };
}

function renameInAnswer(answer: Answer, from: string, to: string): Answer {
  const set = answer.set === undefined ? undefined : Object.fromEntries(Object.entries(answer.set).map(([field, value]) => [field === from ? to : field, value]));
  return {
    ...answer,
    label: mapText(answer.label, (one) => renameSlot(one, from, to)),
    ...(set === undefined ? {} : { set }),
    ...(answer.when === undefined ? {} : { when: renameInRule(answer.when, from, to) }),
  };
}

function mapText(text: LocalText, change: (one: string) => string): LocalText {
  return typeof text === 'string' ? change(text) : Object.fromEntries(Object.entries(text).map(([language, words]) => [language, change(words)]));
}

function renameSlot(words: string, from: string, to: string): string {
  return words.replaceAll(/\{\{(\s*)(fields\.)?([A-Za-z][A-Za-z0-9.]*)(\s*)\}\}/g, (whole, before: string, prefix: string | undefined, name: string, after: string) =>
    (name === from ? `{{${before}${prefix ?? ''}${to}${after}}}` : whole));
}

function renameInRule(rule: Rule, from: string, to: string): Rule {
  if (Array.isArray(rule)) return rule.map((part) => renameInRule(part, from, to));
  if (typeof rule !== 'object' || rule === null) return rule;
  return Object.fromEntries(Object.entries(rule).map(([operator, value]) => {
    const names = operator === 'var' || operator === 'missing' || operator === 'missing_some' || operator === 'exists' || operator === 'val';
    return [operator, names ? renamePaths(value, from, to) : renameInRule(value, from, to)];
  }));
}

function renamePaths(value: Rule, from: string, to: string): Rule {
  if (value === `fields.${from}`) return `fields.${to}`;
  if (!Array.isArray(value)) return renameInRule(value, from, to);
  // {"val": ["fields", "name"]}
  if (value[0] === 'fields' && value[1] === from) return ['fields', to, ...value.slice(2)];
  return value.map((part) => renamePaths(part, from, to));
}
