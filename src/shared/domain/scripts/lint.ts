import { LIMITS, localize, type LocalText } from '../common.ts';
import { distances } from './graph.ts';
import { createScriptLibrary, type IndexedScript, type ScriptLibrary } from './library.ts';
import type { LintCode } from './lint-messages.ts';
import { inspectRule } from './rules.ts';
import type { Rule, Script, Step } from './schema.ts';
import { slotsIn } from './slots.ts';
import { linesOfStep, PANE } from './pane.ts';
import { patternProblem } from './validate.ts';

/** One finding. `step` and `answer` or `field` say where to jump to; `params` fill the sentence of `code`. */
export interface LintIssue {
  readonly code: LintCode;
  readonly severity: 'error' | 'warning';
  readonly step: string | null;
  readonly answer?: string;
  /** The field of the script it is about, where `step` is null. */
  readonly field?: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface LintOptions {
  /** Languages every text has to exist in; what the record itself uses is always asked for. */
  readonly languages?: readonly string[];
  /** Names of facts the desk knows of a call. */
  readonly callFacts?: readonly string[];
  /** Further slots the desk fills. */
  readonly extraSlots?: readonly string[];
}

/** More steps than this belong into sub-scripts. */
export const MAX_STEPS = 150;
const MAX_CUE_WORDS = 9;
const CALL_FACTS = ['name', 'number', 'queue', 'direction', 'dialled', 'today', 'language', 'team'] as const;
const DESK_SLOTS = ['agent.name', 'company', 'today'] as const;

/** Checks one script as a desk with `library` would meet it. Pure and quick enough to run while typing. */
export function lintScript(script: Script, library: ScriptLibrary = createScriptLibrary([script]), options: LintOptions = {}): LintIssue[] {
  const own = createScriptLibrary([script]).get(script.id) as IndexedScript;
  const issues: LintIssue[] = [];
  const add: Add = (code, severity, step, params = {}, place) => {
    const filled = step === null ? params : { step, ...params };
    issues.push({ code, severity, step, params: filled, ...(place === undefined ? {} : step === null ? { field: place } : { answer: place }) });
  };
  lintGraph(own, add);
  const known = knownNames(script, library, options);
  for (const step of script.steps) lintStep(step, own, library, known, add);
  lintFields(script, add);
  lintTranslations(script, options, add);
  return issues;
}

/** `place`: the answer of the step, or without a step the field of the script. */
type Add = (code: LintCode, severity: LintIssue['severity'], step: string | null, params?: Record<string, string | number>, place?: string) => void;

function lintGraph(indexed: IndexedScript, add: Add): void {
  const { script, graph } = indexed;
  if (script.steps.length > MAX_STEPS) add('lint.tooManySteps', 'warning', null, { count: script.steps.length, limit: MAX_STEPS });
  const seen = new Set<string>();
  for (const step of script.steps) {
    if (seen.has(step.id)) add('lint.duplicateStep', 'error', step.id);
    seen.add(step.id);
  }
  const entry = graph.index.get(script.entry);
  if (entry === undefined) add('lint.noEntry', 'error', null, { target: script.entry });
  const reached = distances(graph.out, entry === undefined ? [] : [entry], graph.ids.length);
  if (graph.exits.length === 0) add('lint.noEnd', 'error', null);
  graph.ids.forEach((id, index) => {
    if (graph.index.get(id) !== index) return;
    if (entry !== undefined && reached[index] === -1) add('lint.orphan', 'warning', id);
    if (graph.exits.length > 0 && graph.toExit[index] === -1) add('lint.noExit', 'error', id);
  });
}

interface KnownNames { readonly fields: ReadonlySet<string>; readonly facts: ReadonlySet<string>; readonly slots: ReadonlySet<string> }

/** Fields of this script, of its sub-scripts, and of every script that may have been open before. */
function knownNames(script: Script, library: ScriptLibrary, options: LintOptions): KnownNames {
  const fields = new Set<string>();
  const take = (source: Script): void => {
    for (const field of source.fields ?? []) fields.add(field.id);
    for (const step of source.steps) for (const answer of step.answers ?? []) for (const id of Object.keys(answer.set ?? {})) fields.add(id);
  };
  take(script);
  const open = [script];
  const done = new Set([script.id]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const step of next.steps) {
      const sub = step.subScript === undefined || done.has(step.subScript) ? undefined : library.get(step.subScript)?.script;
      if (sub === undefined) continue;
      done.add(sub.id);
      take(sub);
      open.push(sub);
    }
  }
  // A sub-script may read what its callers captured.
  if (script.kind === 'sub-script') {
    for (const id of library.ids) {
      const other = library.get(id)?.script;
      if (other?.steps.some((step) => step.subScript === script.id) === true) take(other);
    }
  }
  return { fields, facts: new Set([...CALL_FACTS, ...(options.callFacts ?? [])]), slots: new Set([...DESK_SLOTS, ...(options.extraSlots ?? [])]) };
}

function lintStep(step: Step, own: IndexedScript, library: ScriptLibrary, known: KnownNames, add: Add): void {
  lintEdges(step, own, add);
  if (step.subScript !== undefined) {
    if (step.subScript !== own.script.id && library.get(step.subScript) === undefined) add('lint.unknownScript', 'error', step.id, { script: step.subScript });
    if (opensAgain(step.subScript, own.script.id, library)) add('lint.callsItself', 'error', step.id);
  }
  for (const capture of step.capture ?? []) {
    if (own.field(capture.field) === undefined) add('lint.fieldNotDefined', 'error', step.id, { field: capture.field });
  }
  for (const answer of step.answers ?? []) {
    for (const id of Object.keys(answer.set ?? {})) if (!known.fields.has(id) || own.field(id) === undefined) add('lint.unknownField', 'warning', step.id, { field: id }, answer.id);
    if (answer.when !== undefined) lintRule(answer.when, step, known, add, answer.id);
  }
  for (const branch of step.branches ?? []) lintRule(branch.when, step, known, add);
  lintWords(step, known, add);
  const lines = linesOfStep(step, own.script);
  if (lines > PANE.lines) add('lint.tooLong', 'warning', step.id, { lines, limit: PANE.lines });
}

function lintEdges(step: Step, own: IndexedScript, add: Add): void {
  const answers = step.answers ?? [];
  const branches = step.branches ?? [];
  for (const answer of answers) if (own.step(answer.to) === undefined) add('lint.unknownStep', 'error', step.id, { target: answer.to }, answer.id);
  for (const branch of branches) if (own.step(branch.to) === undefined) add('lint.unknownStep', 'error', step.id, { target: branch.to });
  if (step.next !== undefined && own.step(step.next) === undefined) add('lint.unknownStep', 'error', step.id, { target: step.next });
  const ids = answers.map((answer) => answer.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) add('lint.duplicateAnswer', 'error', step.id, { answer: id }, id);
  const conditional = (answers.length > 0 || branches.length > 0) && answers.every((answer) => answer.when !== undefined);
  if (conditional && step.next === undefined) add('lint.deadEnd', 'error', step.id);
  if (answers.length > 10) add('lint.tooManyAnswers', 'warning', step.id, { count: answers.length });
}

function opensAgain(from: string, target: string, library: ScriptLibrary, seen: Set<string> = new Set()): boolean {
  if (from === target) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return library.get(from)?.script.steps.some((step) => step.subScript !== undefined && opensAgain(step.subScript, target, library, seen)) ?? false;
}

function lintRule(rule: Rule, step: Step, known: KnownNames, add: Add, answer?: string): void {
  const { paths, unknownOperators } = inspectRule(rule);
  for (const operator of unknownOperators) add('lint.unknownOperator', 'error', step.id, { operator }, answer);
  for (const path of paths) {
    const [root, name] = path.split('.');
    const fine = (root === 'fields' && name !== undefined && known.fields.has(name)) || (root === 'call' && name !== undefined && known.facts.has(name));
    if (!fine) add('lint.unknownVariable', 'error', step.id, { variable: path }, answer);
  }
}

function lintWords(step: Step, known: KnownNames, add: Add): void {
  const slots = new Set([step.cue, step.say, step.doThis, ...(step.answers ?? []).map((answer) => answer.label)].flatMap((text) => textsOf(text)).flatMap((text) => slotsIn(text)));
  for (const slot of slots) {
    const name = slot.startsWith('fields.') ? slot.slice('fields.'.length) : slot;
    const fine = slot.startsWith('call.') ? known.facts.has(slot.slice('call.'.length)) : known.slots.has(slot) || known.fields.has(name);
    if (!fine) add('lint.unknownSlot', 'error', step.id, { slot: `{{${slot}}}` });
  }
  if (step.line === 'verbatim' && step.say === undefined) add('lint.verbatimWithoutWords', 'error', step.id);
  if (textsOf(step.cue).every((text) => text.trim() === '')) add('lint.emptyCue', 'error', step.id);
  for (const answer of step.answers ?? []) if (textsOf(answer.label).every((text) => text.trim() === '')) add('lint.emptyAnswer', 'error', step.id, {}, answer.id);
  const words = Math.max(...textsOf(step.cue).map((text) => text.trim().split(/\s+/).length));
  if (words > MAX_CUE_WORDS) add('lint.cueTooLong', 'warning', step.id, { words });
}

function textsOf(text: LocalText | undefined): string[] {
  if (text === undefined) return [];
  return typeof text === 'string' ? [text] : Object.values(text);
}

function lintFields(script: Script, add: Add): void {
  const fields = script.fields ?? [];
  const asked = new Set(script.steps.flatMap((step) => [...(step.capture ?? []).map((capture) => capture.field), ...(step.answers ?? []).flatMap((answer) => Object.keys(answer.set ?? {}))]));
  const seen = new Set<string>();
  for (const field of fields) {
    if (seen.has(field.id)) add('lint.duplicateField', 'error', null, { field: field.id }, field.id);
    seen.add(field.id);
    if (!asked.has(field.id)) add('lint.fieldUnused', 'warning', null, { field: field.id }, field.id);
    const problem = field.pattern === undefined ? undefined : patternProblem(field.pattern);
    if (problem !== undefined) add('lint.badPattern', 'error', null, { field: field.id, problem: problem.replaceAll('-', '') }, field.id);
    if (field.type === 'choice' && (field.choices?.length ?? 0) === 0) add('lint.noChoices', 'error', null, { field: field.id }, field.id);
  }
}

function lintTranslations(script: Script, options: LintOptions, add: Add): void {
  const base = script.language ?? 'en';
  const used = new Set<string>(options.languages ?? []);
  const collect = (text: LocalText | undefined): void => { if (typeof text === 'object') for (const language of Object.keys(text)) used.add(language); };
  const texts = textsToTranslate(script);
  const named = (text: LocalText, key: string): string => (localize(text, base).trim() || key).slice(0, LIMITS.line);
  for (const { text } of texts) collect(text);
  if (used.size === 0) return;
  used.add(base);
  for (const { step, what, name, field, text } of texts) {
    if (text === undefined) continue;
    for (const language of used) {
      const there = typeof text === 'string' ? language === base : (text[language] ?? '').trim() !== '';
      // People know the script and its answers by their words, not by their keys.
      const said = { step: step ?? named(script.title, script.id), ...(name === undefined ? {} : { name: what === 'answer' ? named(text, name) : name }) };
      if (!there) add('lint.missingTranslation', 'warning', step, { ...said, what, language }, step === null ? field : what === 'answer' ? name : undefined);
    }
  }
}

type Translated = { step: string | null; what: 'title' | 'description' | 'cue' | 'wording' | 'instruction' | 'mustsay' | 'answer' | 'field' | 'choice' | 'help'; name?: string; field?: string; text: LocalText | undefined };

function textsToTranslate(script: Script): Translated[] {
  return [
    { step: null, what: 'title', text: script.title }, { step: null, what: 'description', text: script.description },
    ...(script.fields ?? []).flatMap((field): Translated[] => [
      { step: null, what: 'field', name: field.id, field: field.id, text: field.label },
      ...[field.patternHelp, field.placeholder].map((text): Translated => ({ step: null, what: 'help', name: field.id, field: field.id, text })),
      ...(field.choices ?? []).map((choice): Translated => ({ step: null, what: 'choice', name: choice.value.slice(0, LIMITS.line), field: field.id, text: choice.label })),
    ]),
    ...script.steps.flatMap((step): Translated[] => [
      { step: step.id, what: 'cue', text: step.cue }, { step: step.id, what: 'wording', text: step.say }, { step: step.id, what: 'instruction', text: step.doThis },
      { step: step.id, what: 'mustsay', text: step.mustSay }, ...(step.answers ?? []).map((answer): Translated => ({ step: step.id, what: 'answer', name: answer.id, text: answer.label })),
    ]),
  ];
}
