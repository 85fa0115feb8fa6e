import { type KnowledgeKind, type PackLine, recordKey } from '../../src/shared/domain/knowledge.ts';
import { assertNever } from '../../src/shared/domain/common.ts';
import { SITUATIONS } from '../../src/shared/domain/prompts/schema.ts';

/** A validated line and where its author can find it. */
export type PlacedLine = { line: PackLine; at: (path: readonly PropertyKey[]) => { file: string; place: string } };
type Report = (path: readonly PropertyKey[], message: string) => void;
type Known = { has: (kind: KnowledgeKind, key: string) => boolean; stages: Map<string, Set<string>>; steps: Map<string, Set<string>> };

/**
 * What a prompt's slots may name. Each has one meaning, so that a filled line is never untrue:
 * `date` is the agreed day of the outcome, `promisedDate` the day that was promised before and missed,
 * `callbackDate` and `time` when the agent rings again; `amount` is the sum the call is about, `credit`
 * what the agent gives for the trouble.
 */
const PROMPT_SLOTS = [
  'item', 'date', 'promisedDate', 'callbackDate', 'time', 'amount', 'credit', 'orderNumber', 'reference', 'company',
  'call.name', 'call.phone', 'agent.name',
] as const;
const SLOT = /\{\{\s*([^}]*?)\s*\}\}/g;

/** Names of the slots in a text, in order. */
function slotsIn(text: string): string[] {
  return [...text.matchAll(SLOT)].map((hit) => hit[1] ?? '');
}

/** Reports every mention of a record that is not in the pack, double keys, and slots that nothing fills. */
export function crossReferenceProblems(placed: readonly PlacedLine[]): { file: string; place: string; message: string }[] {
  const problems: { file: string; place: string; message: string }[] = [];
  const keys = new Set<string>();
  for (const { line, at } of placed) {
    const key = `${line.kind} ${recordKey(line)}`;
    if (keys.has(key)) problems.push({ ...at([line.kind === 'product' ? 'sku' : 'id']), message: `second ${line.kind} with the key "${recordKey(line)}"` });
    keys.add(key);
  }
  const known = knownIn(placed, keys);
  for (const { line, at } of placed) checkLine(line, known, (path, message) => problems.push({ ...at(path), message }));
  return problems;
}

function knownIn(placed: readonly PlacedLine[], keys: ReadonlySet<string>): Known {
  const known: Known = { has: (kind, key) => keys.has(`${kind} ${key}`), stages: new Map(), steps: new Map() };
  for (const { line } of placed) {
    if (line.kind === 'framework') known.stages.set(line.record.id, new Set(line.record.stages.map((stage) => stage.id)));
    if (line.kind === 'script') known.steps.set(line.record.id, new Set(line.record.steps.map((step) => step.id)));
  }
  return known;
}

function checkLine(line: PackLine, known: Known, report: Report): void {
  const refer = (kind: KnowledgeKind, key: string | undefined, path: readonly PropertyKey[]): void => {
    if (key !== undefined && !known.has(kind, key)) report(path, `no ${kind} "${key}" in the pack`);
  };
  switch (line.kind) {
    case 'product':
      line.record.scripts?.forEach((id, at) => refer('script', id, ['scripts', at]));
      line.record.articles?.forEach((id, at) => refer('article', id, ['articles', at]));
      return;
    case 'article':
      line.record.scripts?.forEach((id, at) => refer('script', id, ['scripts', at]));
      return;
    case 'script':
      checkScript(line.record, known, refer, report);
      return;
    case 'prompt':
      checkPrompt(line.record, known, report);
      return;
    case 'practice-caller':
      refer('script', line.record.script, ['script']);
      line.record.lines.forEach((own, at) => {
        if (known.steps.get(line.record.script)?.has(own.step) === false) report(['lines', at, 'step'], `no step "${own.step}" in script "${line.record.script}"`);
      });
      return;
    case 'self-check':
      refer('article', line.record.article, ['article']);
      refer('script', line.record.script, ['script']);
      return;
    case 'framework':
    case 'announcement':
    case 'image':
    case 'disposition':
    case 'not-ready-reason':
    case 'break-idea':
    case 'synonyms':
    case 'note-template':
      return;
    default:
      assertNever(line);
  }
}

type RecordOf<K extends KnowledgeKind> = Extract<PackLine, { kind: K }>['record'];
type Refer = (kind: KnowledgeKind, key: string | undefined, path: readonly PropertyKey[]) => void;

function checkScript(script: RecordOf<'script'>, known: Known, refer: Refer, report: Report): void {
  const situations: readonly string[] = SITUATIONS;
  refer('framework', script.framework, ['framework']);
  for (const [at, step] of script.steps.entries()) {
    refer('script', step.subScript, ['steps', at, 'subScript']);
    refer('article', step.article, ['steps', at, 'article']);
    if (step.situation !== undefined && !situations.includes(step.situation)) report(['steps', at, 'situation'], `no situation "${step.situation}"`);
    if (step.stage === undefined) continue;
    const [framework = '', stage = ''] = step.stage.split(':');
    if (known.stages.get(framework)?.has(stage) !== true) report(['steps', at, 'stage'], `no framework stage "${step.stage}"`);
  }
}

function checkPrompt(prompt: RecordOf<'prompt'>, known: Known, report: Report): void {
  const slots: readonly string[] = PROMPT_SLOTS;
  const stages = prompt.framework === undefined ? undefined : known.stages.get(prompt.framework);
  if (prompt.framework !== undefined && !stages) report(['framework'], `no framework "${prompt.framework}" in the pack`);
  if (prompt.stage !== undefined && stages?.has(prompt.stage) !== true) report(['stage'], `no stage "${prompt.stage}" in framework "${prompt.framework ?? ''}"`);
  for (const [at, wording] of prompt.wordings.entries()) {
    const used = slotsIn(wording.text);
    for (const slot of used) if (!slots.includes(slot)) report(['wordings', at, 'text'], `no slot "${slot}"; known: ${slots.join(', ')}`);
    if (used.length > 0 && wording.bare === undefined) report(['wordings', at], 'a wording with slots needs a "bare" one without');
    if (wording.bare !== undefined && slotsIn(wording.bare).length > 0) report(['wordings', at, 'bare'], 'the bare wording must not hold slots');
  }
}
