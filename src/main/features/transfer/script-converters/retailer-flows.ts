import { z } from 'zod';
import { LIMITS } from '#shared/domain/common.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import { linesOfText, PANE } from '#shared/domain/scripts/pane.ts';
import { branchesOf, caseOfStep, conditionOf, listedValues, otherScript, outcomeOf, type Branch, type Condition } from './retailer-branches.ts';
import { addAnswer, captures, createFields, draft, finished, firstWords, sentence, slug, tidy, type Draft, type Fields } from './text.ts';

/** Flows of a retailer's call centre: ordered steps, each a button with instructions and notes (the form of ABCD). */
const sourceStepSchema = z.object({
  button: z.string().max(LIMITS.line),
  text: z.string().max(LIMITS.text),
  notes: z.array(z.string().max(LIMITS.text)).max(50),
});
export const sourceScriptSchema = z.object({
  title: z.string().max(LIMITS.line),
  description: z.string().max(LIMITS.text),
  closing: z.array(z.string().max(LIMITS.text)).max(20),
  steps: z.array(sourceStepSchema).min(1).max(40),
});
/** Groups of scripts by id; script ids are told apart over the whole file. */
export type RetailerFlows = Record<string, { title: string; subflows: Record<string, z.infer<typeof sourceScriptSchema>> }>;
type SourceStep = z.infer<typeof sourceStepSchema>;
type SourceScript = z.infer<typeof sourceScriptSchema>;

/** What agents are told to collect, by the words the notes use. */
const COLLECTED: readonly (readonly [RegExp, string, string])[] = [
  [/^full name/iu, 'fullName', 'Full name'], [/^account id/iu, 'accountId', 'Account ID'], [/^order id/iu, 'orderId', 'Order ID'],
  [/^username/iu, 'username', 'Username'], [/^email/iu, 'email', 'E-mail address'], [/^(phone|.*phone number)/iu, 'phone', 'Phone number'],
  [/^zip/iu, 'zip', 'Zip code'], [/^pin/iu, 'pin', 'PIN or security answer'],
];
const OPTION = /^option \d+\s*[-–:]?\s*/iu;
const CLOSING = 'closing';
const APOLOGY = 'cannot-help';
/** Lines a step may take beside its cue, answers and fields. */
const MOST_LINES = PANE.lines - 9;

/** Makes the script of a subflow; ids are kept. A note may send the agent to any other script of the file. */
export function convertRetailerFlows(file: RetailerFlows): (id: string) => Script {
  const all = new Map(Object.entries(file).flatMap(([flowId, flow]) => Object.entries(flow.subflows).map(([id, source]) => [id, { source, flowId }] as const)));
  const byTitle = new Map([...all].map(([id, { source }]) => [source.title.toLowerCase(), id]));
  return (id) => {
    const { source, flowId } = all.get(id)!;
    return convert(id, source, flowId, byTitle);
  };
}

type Build = { id: string; byTitle: ReadonlyMap<string, string>; steps: Draft[]; fields: Fields; source: SourceScript; order: string[]; conditions: Condition[] };

function convert(id: string, source: SourceScript, flowId: string, byTitle: ReadonlyMap<string, string>): Script {
  const order = source.steps.map((step, i) => `${i + 1}-${slug(step.button === 'N/A' ? firstWords(step.text, 4) : step.button).slice(0, 40)}`);
  const build: Build = { id, byTitle, steps: [], fields: createFields(), source, order, conditions: source.steps.map((step) => conditionOf(step.text)) };
  const choices = source.steps.filter((step) => /^option \d/iu.test(step.text));
  const anyOrder = choices.length >= 2;
  if (anyOrder) addHub(build);
  source.steps.forEach((step, i) => addStep(build, step, i, anyOrder));
  addClosing(build);
  const entry = anyOrder ? 'choose' : order[0]!;
  return {
    id,
    kind: 'call',
    language: 'en',
    title: tidy(source.title),
    description: tidy(source.description),
    entry,
    ...(build.fields.list().length > 0 ? { fields: build.fields.list() } : {}),
    steps: onlyReached(build.steps, entry).map(finished),
    tags: [flowId.slice(0, LIMITS.id)],
  };
}

/** The first later step that belongs to the same outcome, or the closing. */
function after(build: Build, index: number, outcome: Condition): string {
  for (let i = index + 1; i < build.order.length; i += 1) {
    const condition = build.conditions[i]!;
    if (condition === 'any' || outcome === 'any' || condition === outcome) return build.order[i]!;
  }
  return CLOSING;
}

function addHub(build: Build): void {
  const hub = draft('choose', 'Choose what to try next');
  hub.doThis = tidy(build.source.description);
  build.source.steps.forEach((step, i) => {
    const rest = step.text.replace(OPTION, '');
    addAnswer(hub, rest === '' ? (step.button === 'N/A' ? (step.notes[0] ?? step.text) : step.button) : rest, build.order[i]!);
  });
  addAnswer(hub, 'Nothing works', APOLOGY);
  build.steps.push(hub);
}

function addStep(build: Build, source: SourceStep, index: number, anyOrder: boolean): void {
  const id = build.order[index]!;
  const onward = onwardOf(build, index, anyOrder);
  const step = draft(id, source.button === 'N/A' ? source.text : sentence(source.button.toLowerCase()));
  const { plain, branches, options } = branchesOf(source);
  collectAll(build, step, plain);
  const values = [source.text, ...plain].map(listedValues).find((list) => list.length >= 2 && options.length === 0);
  if (values) captures(step, build.fields.need(`${slug(id.replace(/^\d+-/u, ''))}-choice`, source.button, { type: 'choice', choices: values.map((value) => ({ value, label: sentence(value) })) }));
  if (/pull up account/iu.test(source.button)) for (const name of ['full name', 'account id']) collect(build, step, name);
  build.steps.push(step);
  const next = onward.length === 1 ? onward[0]!.to : onward.at(-1)!.to;
  const last = addLines(build, step, [source.text.replace(OPTION, '').replace(/^x$/u, ''), ...plain]);
  if (last.doThis === '') last.doThis = `Use [${source.button}].`;
  if (anyOrder) {
    addBranches(build, last, branches, 'choose', id);
    addAnswer(last, 'That solved it', CLOSING);
    addAnswer(last, branches.length > 0 ? 'Try something else' : 'It did not help', 'choose');
  } else if (/oracle/iu.test(source.button)) {
    addBranches(build, last, branches.filter((branch) => !/oracle|mistake/iu.test(branch.when)), next, id);
    addAnswer(last, 'Yes', after(build, index, 'yes'));
    addAnswer(last, 'No', after(build, index, 'no'));
  } else if (/select answer/iu.test(source.button)) addQuestions(build, last, next);
  else if (options.length >= 2) addOptions(build, last, options, next, `${id}-choice`);
  else if (branches.length > 0) {
    addBranches(build, last, branches, next, id);
    addAnswer(last, branches.length > 1 ? 'None of these' : 'Otherwise', next);
  } else if (onward.length > 1 || elsewhere(build, plain)) {
    if (elsewhere(build, plain)) addDetour(build, last, elsewhere(build, plain)!, next);
    for (const way of onward) addAnswer(last, way.when, way.to);
  } else last.next = next;
}

type Way = { when: string; to: string };

/** Where a step leads: to what follows, or to one of the cases that follow, each a step of its own. */
function onwardOf(build: Build, index: number, anyOrder: boolean): Way[] {
  const straight = { when: 'Go on', to: after(build, index, build.conditions[index]!) };
  const cases = build.source.steps.map((step) => caseOfStep(step.text));
  if (anyOrder) return [straight];
  const start = build.order.indexOf(straight.to);
  if (cases[index] !== undefined) {
    if (build.source.steps[index]!.button === 'N/A') return [{ when: 'Go on', to: CLOSING }];
    let next = index + 1;
    while (cases[next] !== undefined) next += 1;
    return [{ when: 'Go on', to: build.order[next] ?? CLOSING }];
  }
  if (start === -1 || cases[start] === undefined) return [straight];
  const ways: Way[] = [];
  let next = start;
  for (; cases[next] !== undefined; next += 1) ways.push({ when: cases[next]!, to: build.order[next]! });
  return [...ways, { when: ways.length === 1 ? 'Otherwise' : 'Neither', to: build.order[next] ?? CLOSING }];
}

/** The script a note sends the agent to for a while, when it is in the same file. */
function elsewhere(build: Build, notes: readonly string[]): string | undefined {
  const id = notes.map(otherScript).map((title) => build.byTitle.get(title?.toLowerCase() ?? '')).find((found) => found !== undefined);
  return id === build.id ? undefined : id;
}

/** Runs the other script and comes back to the way the step leads on. */
function addDetour(build: Build, from: Draft, script: string, onward: string): void {
  const title = [...build.byTitle].find(([, id]) => id === script)?.[0] ?? script;
  const step = draft(`${from.id}-other`, sentence(title));
  step.subScript = script;
  step.next = onward;
  build.steps.push(step);
  addAnswer(from, `First: ${title}`, step.id);
}

/** Puts the lines into the step; what would make the pane scroll goes on in a further step. Returns the last one. */
function addLines(build: Build, step: Draft, lines: readonly string[]): Draft {
  let current = step;
  let text = '';
  let part = 1;
  for (const line of lines.map(tidy).filter((one) => one !== '')) {
    const longer = text === '' ? line : `${text}\n${line}`;
    if (text === '' || linesOfText(longer) <= MOST_LINES) {
      text = longer;
      continue;
    }
    part += 1;
    const more = draft(`${step.id}-${part}`, `More: ${firstWords(line, 5)}`);
    current.doThis = text;
    current.next = more.id;
    build.steps.push(more);
    current = more;
    text = line;
  }
  current.doThis = text;
  return current;
}

function addBranches(build: Build, from: Draft, branches: readonly Branch[], onward: string, id: string): void {
  branches.forEach((branch, i) => {
    const target = `${id}-case-${i + 1}`;
    addAnswer(from, branch.when, target);
    const step = draft(target, firstWords(branch.when, 7));
    build.steps.push(step);
  const last = addLines(build, step, [branch.what]);
    last.next = outcomeOf(branch.what) === 'end' ? APOLOGY : onward;
  });
}

function addOptions(build: Build, from: Draft, options: readonly { name: string; about: string }[], onward: string, field: string): void {
  const id = build.fields.need(field.replace(/^\d+-/u, ''), 'Choice', { type: 'choice', choices: options.map(({ name }) => ({ value: name.slice(0, 80), label: name })) });
  options.forEach(({ name, about }, i) => {
    if (about === '') {
      addAnswer(from, name, onward, { [id]: name.slice(0, 80) });
      return;
    }
    const step = draft(`${from.id}-option-${i + 1}`, name);
    step.doThis = sentence(tidy(about));
    step.next = onward;
    build.steps.push(step);
    addAnswer(from, name, step.id, { [id]: name.slice(0, 80) });
  });
}

/** The closing of a question-and-answer flow is the list of its questions. */
function addQuestions(build: Build, step: Draft, onward: string): void {
  const questions = build.source.closing.join(', ').split(',').map(tidy).filter((one) => one !== '').slice(0, 9);
  const field = build.fields.need('question', 'Question asked', { type: 'choice', choices: questions.map((value) => ({ value, label: sentence(value) })) });
  for (const question of questions) addAnswer(step, question, onward, { [field]: question });
  addAnswer(step, 'Another question', onward);
}

/** More fields than fit beside the words become one, in which the agent notes what was checked. */
function collectAll(build: Build, step: Draft, notes: readonly string[]): void {
  const asked = notes.filter((note) => COLLECTED.some(([pattern]) => pattern.test(note.trim())));
  if (asked.length > 4) captures(step, build.fields.need('verifiedBy', 'Verified by'));
  else for (const note of asked) collect(build, step, note);
}

function collect(build: Build, step: Draft, note: string): void {
  for (const [pattern, name, label] of COLLECTED) {
    if (pattern.test(note.trim())) captures(step, build.fields.need(name, label, name === 'pin' ? { sensitive: true } : {}));
  }
}

function addClosing(build: Build): void {
  const questions = build.source.steps.some((step) => /select answer/iu.test(step.button));
  const closing = draft(CLOSING, 'Close the call');
  closing.say = 'Is there anything else I can help you with today?';
  closing.line = 'talking-point';
  const lines = questions ? [] : build.source.closing.map(tidy).filter((line) => line !== '');
  if (lines.length > 0) closing.doThis = lines.join('\n');
  const apology = draft(APOLOGY, 'Apologise and close');
  apology.say = 'I am sorry that I cannot do more about this today.';
  apology.line = 'talking-point';
  build.steps.push(closing, apology);
}

/** Steps the entry leads to; the closing words for a bad outcome are left out where nothing ends badly. */
function onlyReached(steps: readonly Draft[], entry: string): Draft[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const found = new Set([entry]);
  for (const id of found) {
    const step = byId.get(id);
    for (const answer of step?.answers ?? []) found.add(answer.to);
    if (step && step.answers.length === 0 && step.next !== undefined) found.add(step.next);
  }
  return steps.filter((step) => found.has(step.id));
}
