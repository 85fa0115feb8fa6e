import { describe, expect, it } from 'vitest';
import { scriptSchema, type Script } from '#shared/domain/scripts/schema.ts';
import { readFrameworks, readPackFolder } from './pack-files.ts';
import { distancesOf, english, idleFields, reachProblems, referenceProblems, ruleProblems, shapeProblems, slotProblems, wordingProblems } from './script-problems.ts';
import { fieldsInScope, filledOnEntry, reachable, textsOf } from './script-walk.ts';

const parsed = readPackFolder('scripts').map((file) => ({ name: file.name, result: scriptSchema.safeParse(file.data) }));
const all = parsed.flatMap(({ result }) => (result.success ? [result.data] : []));
const byId = new Map(all.map((script) => [script.id, script]));
const calls = all.filter((script) => script.kind === 'call');

const QUEUES = ['billing', 'complaints', 'general', 'orders', 'retention', 'technical'];
/** Frameworks that have a script; the last two are maps of places, not a line of stages. */
const LINEAR = ['LAST', 'HEARD', 'CARP', 'TEXAS'];
const FRAMEWORKED = [...LINEAR, 'bereavement', 'abuse-ladder'];
const STAGES = new Map(readFrameworks().map((framework) => [framework.id, framework.stages.map((stage) => stage.id)]));

/** Entries that come up a second time under another owner. */
function clashes(entries: readonly (readonly [key: string, owner: string])[]): string[] {
  const owners = new Map<string, string>();
  return entries.flatMap(([key, owner]) => {
    const first = owners.get(key);
    if (first === undefined) owners.set(key, owner);
    return first === undefined || first === owner ? [] : [`${first} and ${owner}: ${key}`];
  });
}

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
    const ways = new Map<string, Set<string>>();
    for (const script of all) {
      for (const field of script.fields ?? []) ways.set(field.id, (ways.get(field.id) ?? new Set()).add(JSON.stringify(field)));
    }
    expect([...ways].filter(([, forms]) => forms.size > 1)).toEqual([]);
  });

  it('never seed two scripts with the same words of a caller', () => {
    expect(clashes(all.flatMap((script) => (script.examples ?? []).map((example) => [example.toLowerCase().replace(/[^a-z0-9 ]/g, ''), script.id] as const)))).toEqual([]);
  });

  it('never make an agent say one sentence at two steps', () => {
    const said = all.flatMap((script) => script.steps.map((step) => [english(step.say).toLowerCase(), `${script.id}/${step.id}`] as const));
    expect(clashes(said.filter(([say]) => say !== ''))).toEqual([]);
  });
});

describe.each(all.map((script) => ({ id: script.id, script })))('starter script $id', ({ script }) => {
  it('has unique ids and references that resolve', () => {
    expect(referenceProblems(script, byId)).toEqual([]);
  });

  it('reaches every step from its entry and an exit from every step', () => {
    expect(reachProblems(script)).toEqual([]);
  });

  it('has the size and the branching of a call', () => {
    expect(shapeProblems(script)).toEqual([]);
  });

  it('fits its pane, says something at every step, and nothing stale', () => {
    expect(wordingProblems(script)).toEqual([]);
  });

  it('fills every slot before the line that uses it, whichever path led there', () => {
    expect(slotProblems(script, byId)).toEqual([]);
  });

  it('uses in its rules and settings only fields it has and values they can take', () => {
    expect(ruleProblems(script, byId)).toEqual([]);
  });

  it('captures or sets every field it defines', () => {
    expect(idleFields(script)).toEqual([]);
  });
});

describe('starter scripts: frameworks', () => {
  it.each(FRAMEWORKED)('%s has a script that walks all of its stages', (framework) => {
    const script = all.find((candidate) => candidate.framework === framework);
    const walked = new Set((script?.steps ?? []).flatMap((step) => (step.stage === undefined ? [] : [step.stage])));
    expect([...walked].sort()).toEqual((STAGES.get(framework) ?? ['?']).map((stage) => `${framework}:${stage}`).sort());
  });

  it.each(LINEAR)('%s begins no stage before the one it builds on', (framework) => {
    const script = all.find((candidate) => candidate.framework === framework) as Script;
    const distances = distancesOf(script);
    const begins = (STAGES.get(framework) ?? []).map((stage) => Math.min(...distances.filter(([step]) => step.stage === `${framework}:${stage}`).map(([, away]) => away)));
    expect(begins).toEqual([...begins].sort((a, b) => a - b));
  });
});

describe('starter scripts: duties', () => {
  it('the bereavement script acknowledges the death first and never sells, keeps or asks for the account holder', () => {
    const script = need('bereavement');
    const said = script.steps.map((step) => [...textsOf(step), ...(step.answers ?? []).map((answer) => english(answer.label))].join(' ')).join('\n');
    expect(said).not.toMatch(/account holder|offer|discount|upgrade|deal\b|loyal|stay with|retention|transfer the plan|anything else i can (help|interest)/i);
    expect(english(script.steps.find((step) => step.id === script.entry)?.say)).toMatch(/I'm (so|very) sorry/);
    // Sub-scripts would ask who is calling before anything else, and for more business at the end.
    expect(script.steps.filter((step) => step.subScript !== undefined)).toEqual([]);
  });

  it('the vulnerable-customer script records nothing sensitive before explicit consent, nor after a no', () => {
    const script = need('vulnerable-customer-texas');
    const sensitive = new Set((script.fields ?? []).filter((field) => field.sensitive === true).map((field) => field.id));
    const records = script.steps.filter((step) => (step.capture ?? []).some((item) => sensitive.has(item.field)) || (step.answers ?? []).some((answer) => Object.keys(answer.set ?? {}).some((id) => sensitive.has(id))));
    const filled = filledOnEntry(script, byId);
    expect(records.length).toBeGreaterThan(0);
    expect(records.filter((step) => filled.get(step.id)?.has('consent') !== true)).toEqual([]);

    const asks = script.steps.find((step) => (step.answers ?? []).some((answer) => answer.set?.['consent'] === true));
    expect(asks).toMatchObject({ line: 'verbatim' });
    expect(asks?.mustSay).toBeDefined();
    const refusal = asks?.answers?.find((answer) => answer.set?.['consent'] === false);
    const afterRefusal = reachable(script, refusal?.to ?? '');
    expect(afterRefusal.size).toBeGreaterThan(1);
    expect(records.filter((step) => afterRefusal.has(step.id))).toEqual([]);
  });

  it('the card-payment script has no field a card number or a code would fit in', () => {
    const fields = [...fieldsInScope(need('payment-by-card-without-hearing'), byId).values()];
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter((field) => /card ?number|cvv|cvc|security code|expiry/i.test(`${field.id} ${english(field.label)}`))).toEqual([]);
  });

  it('every call script but the mid-call ones greets and checks identity by the shared sub-script', () => {
    const midCall = ['abusive-caller-ladder', 'angry-caller-carp', 'bereavement', 'callback-promise', 'payment-by-card-without-hearing', 'supervisor-request', 'vulnerable-customer-texas', 'wrong-number-or-silent-call'];
    expect(without('greeting-and-identification')).toEqual(midCall);
  });

  it('every call script but those that must end otherwise closes by the shared sub-script', () => {
    expect(without('closing-and-follow-up')).toEqual(['abusive-caller-ladder', 'bereavement', 'wrong-number-or-silent-call']);
  });
});

/** Ids of call scripts that never call `subScript`, sorted. */
function without(subScript: string): string[] {
  return calls.filter((script) => !script.steps.some((step) => step.subScript === subScript)).map((script) => script.id).sort();
}

function need(id: string): Script {
  const script = byId.get(id);
  if (script === undefined) throw new Error(`no starter script ${id}`);
  return script;
}
