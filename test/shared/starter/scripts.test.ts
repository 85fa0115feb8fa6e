import { describe, expect, it } from 'vitest';
import { localize, type LocalText } from '#shared/domain/common.ts';
import { SITUATIONS } from '#shared/domain/prompts/schema.ts';
import { scriptSchema, type Field, type Rule, type Script, type Step } from '#shared/domain/scripts/schema.ts';
import { readFrameworks, readPackFolder } from './pack-files.ts';
import { edgesOf, fieldsInScope, filledOnEntry, reachable, rulePaths, slotsOf, textsOf } from './script-walk.ts';

const files = readPackFolder('scripts');
const parsed = files.map((file) => ({ name: file.name, result: scriptSchema.safeParse(file.data) }));
const all = parsed.flatMap(({ result }) => (result.success ? [result.data] : []));
const byId = new Map(all.map((script) => [script.id, script]));
const calls = all.filter((script) => script.kind === 'call');
const english = (text: LocalText | undefined): string => (text === undefined ? '' : localize(text, 'en'));

/** Facts every call has; `call.name` and `call.number` may be unknown, so wordings cannot lean on them. */
const CALL_SLOTS = new Set(['call.name', 'call.number', 'agent.name', 'company']);
const CALL_FACTS = new Set(['call.name', 'call.number', 'call.queue']);
const QUEUES = ['billing', 'complaints', 'general', 'orders', 'retention', 'technical'];
/** Frameworks that have a script; the last two are maps of places, not a line of stages. */
const FRAMEWORKED = ['LAST', 'HEARD', 'CARP', 'TEXAS', 'bereavement', 'abuse-ladder'];
const LINEAR = new Set(['LAST', 'HEARD', 'CARP', 'TEXAS']);
const STAGES = new Map(readFrameworks().map((framework) => [framework.id, framework.stages.map((stage) => stage.id)]));
/** Stock lines that sound read out, blame the caller, or order a feeling. */
const STOCK = /inconvenience|calm down|your call is important|please be advised|we apologi[sz]e|valued customer|know how you feel|per our policy|you need to understand|to be honest/i;

describe('starter scripts: the files', () => {
  it.each(parsed)('$name is a valid script named after its file', ({ name, result }) => {
    expect(result.error?.issues ?? []).toEqual([]);
    expect(result.data).toMatchObject({ id: name, language: 'en' });
    expect(result.data?.sectors?.length).toBeGreaterThan(0);
  });

  it('cover the catalogue of calls, and each queue opens one script', () => {
    expect(calls.length).toBeGreaterThanOrEqual(26);
    expect(all.flatMap((script) => script.queues ?? []).sort()).toEqual(QUEUES);
  });

  it('define a field the same way wherever it appears, so that switching script keeps it', () => {
    const first = new Map<string, Field>();
    for (const script of all) {
      for (const field of script.fields ?? []) {
        expect(field, `${script.id}.${field.id}`).toEqual(first.get(field.id) ?? field);
        first.set(field.id, field);
      }
    }
  });

  it('never seed two scripts with the same words of a caller', () => {
    const owner = new Map<string, string>();
    for (const script of all) {
      for (const example of script.examples ?? []) {
        const key = example.toLowerCase().replace(/[^a-z0-9 ]/g, '');
        expect(owner.get(key) ?? script.id, example).toBe(script.id);
        owner.set(key, script.id);
      }
    }
  });

  it('never make an agent say one sentence at two steps', () => {
    const owner = new Map<string, string>();
    for (const script of all) {
      for (const step of script.steps) {
        const say = english(step.say).toLowerCase();
        if (say === '') continue;
        expect(owner.get(say), `${script.id}/${step.id}`).toBeUndefined();
        owner.set(say, `${script.id}/${step.id}`);
      }
    }
  });
});

describe.each(all.map((script) => ({ id: script.id, script })))('starter script $id', ({ script }) => {
  const steps = new Map(script.steps.map((step) => [step.id, step]));
  const fields = fieldsInScope(script, byId);
  /** Captures and settings need the field in the script itself: the engine validates with its definition. */
  const own = new Set((script.fields ?? []).map((field) => field.id));
  const exits = script.steps.filter((step) => edgesOf(step).length === 0);

  it('has unique ids and references that resolve', () => {
    expect(steps.size).toBe(script.steps.length);
    expect(new Set((script.fields ?? []).map((field) => field.id)).size).toBe((script.fields ?? []).length);
    expect(steps.has(script.entry)).toBe(true);
    for (const step of script.steps) {
      const answers = (step.answers ?? []).map((answer) => answer.id);
      expect(new Set(answers).size, step.id).toBe(answers.length);
      for (const edge of edgesOf(step)) expect(steps.has(edge.to), `${step.id} → ${edge.to}`).toBe(true);
      for (const item of step.capture ?? []) expect(own.has(item.field), `${step.id} captures ${item.field}`).toBe(true);
      if (step.subScript !== undefined) expect(byId.get(step.subScript)?.kind, step.id).toBe('sub-script');
      if (step.situation !== undefined) expect(SITUATIONS).toContain(step.situation);
    }
  });

  it('reaches every step from its entry and an exit from every step', () => {
    expect([...steps.keys()].filter((id) => !reachable(script, script.entry).has(id))).toEqual([]);
    expect(exits.length).toBeGreaterThan(0);
    const stuck = script.steps.filter((step) => !exits.some((exit) => reachable(script, step.id).has(exit.id)));
    expect(stuck.map((step) => step.id)).toEqual([]);
  });

  it('has the size and the branching of a call', () => {
    const [low, high] = script.kind === 'call' ? [8, 20] : [4, 9];
    expect(script.steps.length).toBeGreaterThanOrEqual(low);
    expect(script.steps.length).toBeLessThanOrEqual(high);
    const choices = script.steps.filter((step) => edgesOf(step).length >= 2);
    expect(choices.length).toBeGreaterThanOrEqual(2);
    for (const step of script.steps) {
      // Mixing kinds of edge would leave it to the engine which one a key press takes.
      const kinds = [step.answers, step.branches ?? step.next].filter((edges) => edges !== undefined);
      expect(kinds.length, step.id).toBeLessThanOrEqual(1);
      if (step.branches !== undefined) expect(step.next, `${step.id} needs a way on when no branch holds`).toBeDefined();
      if (step.answers !== undefined) expect(step.answers.length, step.id).toBeGreaterThanOrEqual(2);
      expect(step.answers?.length ?? 2, step.id).toBeLessThanOrEqual(6);
    }
    if (script.kind === 'call') expect((script.examples ?? []).length).toBeGreaterThanOrEqual(6);
    expect((script.examples ?? []).length).toBeLessThanOrEqual(15);
  });

  it('fits its pane', () => {
    const tooLong: string[] = [];
    const check = (where: string, text: string, limit: number): void => {
      if (text.length > limit) tooLong.push(`${where}: ${text.length} > ${limit}`);
    };
    for (const step of script.steps) {
      check(`${step.id} cue`, english(step.cue), 45);
      check(`${step.id} say`, english(step.say), 320);
      check(`${step.id} doThis`, english(step.doThis), 240);
      check(`${step.id} mustSay`, english(step.mustSay), 45);
      for (const answer of step.answers ?? []) check(`${step.id} ${answer.id}`, english(answer.label), 40);
    }
    expect(tooLong).toEqual([]);
  });

  it('gives every step something to say or do, and every must-say line its wording', () => {
    for (const step of script.steps) {
      // A junction has nothing to show: the engine passes on along its branches.
      expect(step.say ?? step.doThis ?? step.subScript ?? step.branches, step.id).toBeDefined();
      if (step.mustSay !== undefined || step.line === 'verbatim') expect(step.say, step.id).toBeDefined();
      expect(english(step.say), step.id).not.toMatch(STOCK);
    }
  });

  it('fills every slot before the line that uses it, whichever path led there', () => {
    const filled = filledOnEntry(script, byId);
    for (const step of script.steps) {
      for (const slot of textsOf(step).flatMap(slotsOf)) {
        if (CALL_SLOTS.has(slot)) continue;
        const field = fields.get(slot);
        expect(field, `${step.id} {{${slot}}}`).toBeDefined();
        expect(filled.get(step.id)?.has(slot), `${step.id} {{${slot}}} may be empty`).toBe(true);
        expect(['choice', 'yes-no', 'long-text'], `${step.id} {{${slot}}} does not read as words`).not.toContain(field?.type);
        expect(field?.sensitive, `${step.id} {{${slot}}} is sensitive`).not.toBe(true);
      }
    }
  });

  it('uses in its rules and its settings only fields it has and values they can take', () => {
    for (const step of script.steps) {
      const rules = [...(step.branches ?? []), ...(step.answers ?? [])].flatMap((edge) => (edge.when === undefined ? [] : [edge.when]));
      for (const rule of rules) {
        for (const path of rulePaths(rule)) {
          const known = CALL_FACTS.has(path) || (path.startsWith('fields.') && fields.has(path.slice('fields.'.length)));
          expect(known, `${step.id} reads ${path}`).toBe(true);
        }
        for (const [field, value] of comparisons(rule)) expect(fits(fields.get(field), value), `${step.id}: ${field} == ${String(value)}`).toBe(true);
      }
      for (const answer of step.answers ?? []) {
        for (const [field, value] of Object.entries(answer.set ?? {})) {
          expect(own.has(field), `${step.id}/${answer.id} sets ${field}`).toBe(true);
          expect(fits(fields.get(field), value), `${step.id}/${answer.id} sets ${field} to ${String(value)}`).toBe(true);
        }
      }
    }
  });

  it('captures or sets every field it defines', () => {
    const used = new Set(script.steps.flatMap((step) => [
      ...(step.capture ?? []).map((item) => item.field),
      ...(step.answers ?? []).flatMap((answer) => Object.keys(answer.set ?? {})),
    ]));
    expect((script.fields ?? []).map((field) => field.id).filter((id) => !used.has(id))).toEqual([]);
  });
});

describe('starter scripts: duties', () => {
  it.each(FRAMEWORKED)('%s walks all the stages of its framework', (framework) => {
    const stages = STAGES.get(framework) ?? [];
    expect(stages.length).toBeGreaterThan(3);
    const script = all.find((candidate) => candidate.framework === framework);
    expect(script).toBeDefined();
    const walked = (script?.steps ?? []).flatMap((step) => (step.stage === undefined ? [] : [step.stage]));
    expect(walked.every((stage) => stages.includes(stage.slice(framework.length + 1)) && stage.startsWith(`${framework}:`))).toBe(true);
    expect([...new Set(walked)].map((stage) => stage.slice(framework.length + 1)).sort()).toEqual([...stages].sort());
    if (!LINEAR.has(framework)) return;
    // Where a stage begins: no earlier than the stage before it, along any way through the script.
    const begins = stages.map((stage) => Math.min(...distancesOf(script as Script).filter(([at]) => at.stage === `${framework}:${stage}`).map(([, steps]) => steps)));
    expect(begins).toEqual([...begins].sort((a, b) => a - b));
  });

  it('the bereavement script acknowledges the death first and never sells, keeps or asks for the account holder', () => {
    const script = need('bereavement');
    const said = script.steps.map((step) => [...textsOf(step), ...(step.answers ?? []).map((answer) => english(answer.label))].join(' ')).join('\n');
    expect(said).not.toMatch(/account holder|offer|discount|upgrade|deal\b|loyal|stay with|retention|transfer the plan|anything else i can (help|interest)/i);
    expect(english(script.steps.find((step) => step.id === script.entry)?.say)).toMatch(/I'm (so|very) sorry/);
    expect(script.steps.some((step) => step.subScript !== undefined)).toBe(false);
  });

  it('the vulnerable-customer script records nothing before explicit consent', () => {
    const script = need('vulnerable-customer-texas');
    const asks = script.steps.find((step) => (step.answers ?? []).some((answer) => answer.set?.['consent'] === true));
    expect(asks).toMatchObject({ line: 'verbatim' });
    expect(asks?.mustSay).toBeDefined();
    const filled = filledOnEntry(script, byId);
    const sensitive = new Set((script.fields ?? []).filter((field) => field.sensitive === true).map((field) => field.id));
    expect(sensitive.size).toBeGreaterThan(0);
    for (const step of script.steps) {
      if ((step.capture ?? []).some((item) => sensitive.has(item.field))) expect(filled.get(step.id)?.has('consent'), step.id).toBe(true);
    }
    const refused = asks?.answers?.find((answer) => answer.set?.['consent'] === false);
    const afterRefusal = [...reachable(script, refused?.to ?? '')].flatMap((id) => script.steps.find((step) => step.id === id)?.capture ?? []);
    expect(afterRefusal.filter((item) => sensitive.has(item.field))).toEqual([]);
  });

  it('the card-payment script has no field a card number or a code would fit in', () => {
    const script = need('payment-by-card-without-hearing');
    const fields = [...fieldsInScope(script, byId).values()];
    expect(fields.filter((field) => /card ?number|cvv|cvc|security code|expiry/i.test(`${field.id} ${english(field.label)}`))).toEqual([]);
  });

  it('every call script but the mid-call ones greets by the shared sub-script and closes by it', () => {
    const midCall = new Set(['abusive-caller-ladder', 'angry-caller-carp', 'bereavement', 'callback-promise', 'payment-by-card-without-hearing', 'supervisor-request', 'vulnerable-customer-texas', 'wrong-number-or-silent-call']);
    for (const script of calls) {
      const called = new Set(script.steps.map((step) => step.subScript));
      if (!midCall.has(script.id)) expect(called, script.id).toContain('greeting-and-identification');
      if (!['bereavement', 'abusive-caller-ladder', 'wrong-number-or-silent-call'].includes(script.id)) expect(called, script.id).toContain('closing-and-follow-up');
    }
  });
});

function need(id: string): Script {
  const script = byId.get(id);
  if (script === undefined) throw new Error(`no starter script ${id}`);
  return script;
}

/** Each step with the fewest steps it takes to get there from the entry. */
function distancesOf(script: Script): [Step, number][] {
  const steps = new Map(script.steps.map((step) => [step.id, step]));
  const distance = new Map([[script.entry, 0]]);
  for (const [id, away] of distance) {
    const step = steps.get(id);
    for (const edge of step === undefined ? [] : edgesOf(step)) if (!distance.has(edge.to)) distance.set(edge.to, away + 1);
  }
  return script.steps.map((step) => [step, distance.get(step.id) ?? Infinity]);
}

/** Pairs of field and literal compared by `==` or `!=` anywhere in a rule. */
function comparisons(rule: Rule): [string, unknown][] {
  if (Array.isArray(rule)) return rule.flatMap(comparisons);
  if (rule === null || typeof rule !== 'object') return [];
  return Object.entries(rule).flatMap(([operator, operands]): [string, unknown][] => {
    const list: Rule[] = Array.isArray(operands) ? operands : [operands];
    const path = rulePaths(list[0] ?? null)[0];
    if ((operator === '==' || operator === '!=') && path?.startsWith('fields.') === true) return [[path.slice('fields.'.length), list[1]]];
    return list.flatMap(comparisons);
  });
}

function fits(field: Field | undefined, value: unknown): boolean {
  if (field === undefined) return false;
  if (field.type === 'choice') return (field.choices ?? []).some((choice) => choice.value === value);
  if (field.type === 'yes-no') return typeof value === 'boolean';
  if (field.type === 'number' || field.type === 'money') return typeof value === 'number';
  return typeof value === 'string';
}
