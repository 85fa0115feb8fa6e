import { localize, type LocalText } from '#shared/domain/common.ts';
import { SITUATIONS } from '#shared/domain/prompts/schema.ts';
import { inspectRule } from '#shared/domain/scripts/rules.ts';
import type { Field, Rule, Script, Step } from '#shared/domain/scripts/schema.ts';
import { edgesOf, fieldsInScope, filledOnEntry, reachable, slotsOf, textsOf } from './script-walk.ts';

/** Everything wrong with a script of the pack, as one sentence each; empty when it may be published. */
type Scripts = ReadonlyMap<string, Script>;

/** Words every call has; the rest must be captured before a line uses it. */
const CALL_SLOTS = new Set(['call.name', 'call.number', 'agent.name', 'company']);
const CALL_FACTS = new Set(['call.name', 'call.number', 'call.queue']);
/** Stock lines that sound read out, blame the caller, or order a feeling. */
const STOCK = /inconvenience|calm down|your call is important|please be advised|we apologi[sz]e|valued customer|know how you feel|per our policy|you need to understand|to be honest/i;
/** Characters that fit the script pane at 1366×768 and 125 % text without scrolling. */
const PANE = { cue: 45, say: 320, doThis: 240, mustSay: 45, answer: 40 } as const;

export function english(text: LocalText | undefined): string {
  return text === undefined ? '' : localize(text, 'en');
}

function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

/** Ids given twice, and references to nothing. */
export function referenceProblems(script: Script, scripts: Scripts): string[] {
  const steps = new Set(script.steps.map((step) => step.id));
  // The engine validates a capture with the definition in the script itself, not one of a sub-script.
  const own = new Set((script.fields ?? []).map((field) => field.id));
  const problems = [
    ...repeated(script.steps.map((step) => step.id)).map((id) => `two steps ${id}`),
    ...repeated((script.fields ?? []).map((field) => field.id)).map((id) => `two fields ${id}`),
    ...(steps.has(script.entry) ? [] : [`no entry ${script.entry}`]),
  ];
  for (const step of script.steps) {
    problems.push(...repeated((step.answers ?? []).map((answer) => answer.id)).map((id) => `${step.id}: two answers ${id}`));
    problems.push(...edgesOf(step).filter((edge) => !steps.has(edge.to)).map((edge) => `${step.id} leads to ${edge.to}, which is not there`));
    problems.push(...(step.capture ?? []).filter((item) => !own.has(item.field)).map((item) => `${step.id} captures unknown ${item.field}`));
    if (step.subScript !== undefined && scripts.get(step.subScript)?.kind !== 'sub-script') problems.push(`${step.id} calls ${step.subScript}, no sub-script`);
    if (step.situation !== undefined && !(SITUATIONS as readonly string[]).includes(step.situation)) problems.push(`${step.id}: no situation ${step.situation}`);
  }
  return problems;
}

/** Steps nobody gets to, and steps nobody gets out of. */
export function reachProblems(script: Script): string[] {
  const seen = reachable(script, script.entry);
  const exits = script.steps.filter((step) => edgesOf(step).length === 0).map((step) => step.id);
  return [
    ...script.steps.filter((step) => !seen.has(step.id)).map((step) => `${step.id} is never reached`),
    ...script.steps.filter((step) => { const ahead = reachable(script, step.id); return !exits.some((exit) => ahead.has(exit)); }).map((step) => `${step.id} has no way out`),
  ];
}

/** Too few or too many steps, choices or examples; edges of mixed kinds. */
export function shapeProblems(script: Script): string[] {
  const [low, high] = script.kind === 'call' ? [8, 20] : [4, 9];
  const examples = script.examples?.length ?? 0;
  const problems: string[] = [];
  if (script.steps.length < low || script.steps.length > high) problems.push(`${script.steps.length} steps, not ${low} to ${high}`);
  if (script.steps.filter((step) => edgesOf(step).length >= 2).length < 2) problems.push('hardly branches');
  if (script.kind === 'call' ? examples < 6 || examples > 15 : examples > 0) problems.push(`${examples} examples`);
  for (const step of script.steps) {
    const answers = step.answers?.length ?? 2;
    if (answers < 2 || answers > 6) problems.push(`${step.id}: ${answers} answers`);
    // Mixed kinds of edge would leave it to the engine which one a key press takes.
    if (step.answers !== undefined && (step.branches !== undefined || step.next !== undefined)) problems.push(`${step.id} mixes answers with other ways on`);
    if (step.branches !== undefined && step.next === undefined) problems.push(`${step.id} has no way on when no branch holds`);
  }
  return problems;
}

function tooLong(where: string, text: string, limit: number): string[] {
  return text.length > limit ? [`${where}: ${text.length} characters, over ${limit}`] : [];
}

/** Texts that do not fit the pane, steps with nothing to say or do, and stock phrases. */
export function wordingProblems(script: Script): string[] {
  return script.steps.flatMap((step) => {
    const say = english(step.say);
    // A junction has nothing to show: the engine passes on along its branches.
    const empty = (step.say ?? step.doThis ?? step.subScript ?? step.branches) === undefined;
    const unsaid = (step.mustSay !== undefined || step.line === 'verbatim') && say === '';
    return [
      ...tooLong(`${step.id} cue`, english(step.cue), PANE.cue),
      ...tooLong(`${step.id} say`, say, PANE.say),
      ...tooLong(`${step.id} doThis`, english(step.doThis), PANE.doThis),
      ...tooLong(`${step.id} mustSay`, english(step.mustSay), PANE.mustSay),
      ...(step.answers ?? []).flatMap((answer) => tooLong(`${step.id} answer ${answer.id}`, english(answer.label), PANE.answer)),
      ...(empty ? [`${step.id} has nothing to say or do`] : []),
      ...(unsaid ? [`${step.id} must be said but has no wording`] : []),
      ...(STOCK.test(say) ? [`${step.id} uses a stock phrase`] : []),
    ];
  });
}

function slotProblem(field: Field | undefined, filled: boolean): string | undefined {
  if (field === undefined) return 'is unknown';
  if (!filled) return 'may be empty on some way here';
  if (field.type === 'choice' || field.type === 'yes-no' || field.type === 'long-text') return 'does not read as part of a sentence';
  return field.sensitive === true ? 'is sensitive' : undefined;
}

/** Slots that may be empty or unfit to be read out, whichever path led to their line. */
export function slotProblems(script: Script, scripts: Scripts): string[] {
  const fields = fieldsInScope(script, scripts);
  const filled = filledOnEntry(script, scripts);
  return script.steps.flatMap((step) => textsOf(step).flatMap(slotsOf).filter((slot) => !CALL_SLOTS.has(slot)).flatMap((slot) => {
    const problem = slotProblem(fields.get(slot), filled.get(step.id)?.has(slot) === true);
    return problem === undefined ? [] : [`${step.id} {{${slot}}} ${problem}`];
  }));
}

/** Rules and settings with unknown operators or fields, or values their field cannot take. */
export function ruleProblems(script: Script, scripts: Scripts): string[] {
  const fields = fieldsInScope(script, scripts);
  const own = new Map((script.fields ?? []).map((field) => [field.id, field]));
  return script.steps.flatMap((step) => [
    ...[...(step.branches ?? []), ...(step.answers ?? [])].flatMap((edge) => (edge.when === undefined ? [] : problemsOfRule(edge.when, fields))),
    ...(step.answers ?? []).flatMap((answer) => Object.entries(answer.set ?? {}).filter(([id, value]) => !fits(own.get(id), value)).map(([id, value]) => `sets ${id} to ${String(value)}`)),
  ].map((problem) => `${step.id} ${problem}`));
}

function problemsOfRule(rule: Rule, fields: ReadonlyMap<string, Field>): string[] {
  const { paths, unknownOperators } = inspectRule(rule);
  const known = (path: string): boolean => CALL_FACTS.has(path) || (path.startsWith('fields.') && fields.has(path.slice('fields.'.length)));
  return [
    ...unknownOperators.map((operator) => `uses unknown ${operator}`),
    ...paths.filter((path) => !known(path)).map((path) => `reads unknown ${path}`),
    ...comparisons(rule).filter(([id, value]) => !fits(fields.get(id), value)).map(([id, value]) => `compares ${id} with ${String(value)}`),
  ];
}

/** Pairs of field and literal compared by `==` or `!=` anywhere in a rule. */
function comparisons(rule: Rule): [string, unknown][] {
  if (Array.isArray(rule)) return rule.flatMap(comparisons);
  if (rule === null || typeof rule !== 'object') return [];
  return Object.entries(rule).flatMap(([operator, operands]): [string, unknown][] => {
    const list: Rule[] = Array.isArray(operands) ? operands : [operands];
    const path = inspectRule(list[0] ?? null).paths[0];
    if ((operator === '==' || operator === '!=') && path?.startsWith('fields.') === true) return [[path.slice('fields.'.length), list[1]]];
    return list.flatMap(comparisons);
  });
}

function fits(field: Field | undefined, value: unknown): boolean {
  if (field === undefined) return false;
  switch (field.type) {
    case 'choice': return (field.choices ?? []).some((choice) => choice.value === value);
    case 'yes-no': return typeof value === 'boolean';
    case 'number': case 'money': return typeof value === 'number';
    case 'text': case 'long-text': case 'date': case 'time': case 'phone': case 'email': return typeof value === 'string';
    default: return field.type satisfies never;
  }
}

/** Fields defined and never captured nor set. */
export function idleFields(script: Script): string[] {
  const used = new Set(script.steps.flatMap((step) => [
    ...(step.capture ?? []).map((item) => item.field),
    ...(step.answers ?? []).flatMap((answer) => Object.keys(answer.set ?? {})),
  ]));
  return (script.fields ?? []).map((field) => field.id).filter((id) => !used.has(id));
}

/** Each step with the fewest steps it takes to get there from the entry. */
export function distancesOf(script: Script): [Step, number][] {
  const steps = new Map(script.steps.map((step) => [step.id, step]));
  const distance = new Map([[script.entry, 0]]);
  for (const [id, away] of distance) {
    const step = steps.get(id);
    for (const edge of step === undefined ? [] : edgesOf(step)) if (!distance.has(edge.to)) distance.set(edge.to, away + 1);
  }
  return script.steps.map((step) => [step, distance.get(step.id) ?? Infinity]);
}
