import { localize } from '#shared/domain/common.ts';
import { conditionOf, valuesOf, type Test } from '#shared/domain/authoring/condition.ts';
import type { Rule, Script } from '#shared/domain/scripts/schema.ts';
import type { MessageKey, T } from '#renderer/messages/messages.tsx';

/** Facts of a call a condition may ask for. */
export const CALL_FACTS = ['name', 'number', 'queue', 'direction', 'dialled', 'today', 'language', 'team'] as const;

/** What a path is called: the label of a field, or the word for a fact of the call. */
export function pathWords(path: string, script: Script, language: string, t: T): string {
  if (path.startsWith('fields.')) {
    const field = script.fields?.find(({ id }) => `fields.${id}` === path);
    return field === undefined ? path.slice('fields.'.length) : localize(field.label, language, script.language);
  }
  const fact = CALL_FACTS.find((one) => `call.${one}` === path);
  return fact === undefined ? path : t(`edit.fact.${fact}`);
}

/** A rule as a sentence; a rule the builder cannot show is given as it is stored. */
export function conditionWords(rule: Rule, script: Script, language: string, t: T): string {
  const condition = conditionOf(rule);
  if (condition === undefined) return JSON.stringify(rule);
  const list = new Intl.ListFormat(language, { type: condition.join === 'all' ? 'conjunction' : 'disjunction' });
  return list.format(condition.tests.map((test) => testWords(test, script, language, t)));
}

function testWords(test: Test, script: Script, language: string, t: T): string {
  const what = pathWords(test.path, script, language, t);
  const shown = test.values.map((value) => (typeof value === 'boolean' ? t(value ? 'edit.yes' : 'edit.no') : `“${value}”`));
  const value = valuesOf(test.is) === 'none' ? '' : new Intl.ListFormat(language, { type: 'disjunction' }).format(shown);
  return t(`edit.test.words.${test.is}` as MessageKey, { what, value });
}
