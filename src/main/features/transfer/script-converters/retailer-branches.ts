import { firstWords, sentence, tidy } from './text.ts';

/** Which answer of the system a step belongs to; `any` when to both. */
export type Condition = 'yes' | 'no' | 'any';

export type Branch = { when: string; what: string };
export type Option = { name: string; about: string };

/** Reads from the words of a step whether it is for one answer of the system only. */
export function conditionOf(text: string): Condition {
  const said = /(?:says|returns)\W*(yes|no)\b/iu.exec(text)?.[1]?.toLowerCase();
  if (said === 'yes' || said === 'no') return said;
  if (/legitimate error|company (?:made|mistake)|customer is correct/iu.test(text)) return 'yes';
  if (/customer is mistaken|customer error/iu.test(text)) return 'no';
  return 'any';
}

/** "If the customer is still not satisfied, then offer …": the case a whole step is for, when it is for one. */
export function caseOfStep(text: string): string | undefined {
  if (conditionOf(text) !== 'any') return undefined;
  const when = /^(?:alternatively,\s*)?if (.+?)(?:,? then\b|,|:|$)/iu.exec(tidy(text))?.[1];
  return when === undefined ? undefined : sentence(firstWords(when.replaceAll(/['‘’"]/gu, '').replace(/\s*\(.*$/u, ''), 10));
}

/** The values of "Options include ['email', 'spouse', 'news']", when a text lists some. */
export function listedValues(text: string): string[] {
  const list = /options?\b[^'[]*\[?((?:\s*(?:,|or|,\s*or)?\s*'[^']+')+)/iu.exec(tidy(text).replaceAll(/[‘’]/gu, "'"))?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/gu)].map((match) => match[1]!).slice(0, 20);
}

/** The title of the script a note sends the agent to, "use the Recover Username subflow". */
export function otherScript(note: string): string | undefined {
  return /(?:use|follow) the '?([A-Z][\w ]+?)'? (?:subflow|flow)/u.exec(note)?.[1];
}

/** Whether the words of a branch end the call. */
export function outcomeOf(text: string): 'end' | 'go-on' {
  return /end conversation|cannot do anything|nothing you can do/iu.test(text) ? 'end' : 'go-on';
}

/**
 * Sorts the notes of a step into what always holds, the cases that depend on the caller, and the options
 * offered to choose from.
 */
export function branchesOf(step: { text: string; notes: readonly string[] }): { plain: string[]; branches: Branch[]; options: Option[] } {
  const plain: string[] = [];
  const branches: Branch[] = [];
  const options: Option[] = [];
  const offersOptions = /valid options|options are|one of the following|choose (?:one|from)/iu.test(step.text);
  for (const note of step.notes.map(tidy)) {
    const branch = caseOf(note);
    const option = offersOptions ? optionOf(note) : undefined;
    if (branch) branches.push(branch);
    else if (option) options.push(option);
    else plain.push(note.replaceAll(' > ', '\n'));
  }
  if (options.length === 1) plain.push(step.notes.find((note) => optionOf(tidy(note)))!);
  return { plain, branches: branches.slice(0, 8), options: options.length >= 2 ? options : [] };
}

/** "If Gold or Silver: …", "If the customer does not know, …", "Gold members: …". A slip of the agent is no case. */
function caseOf(note: string): Branch | undefined {
  if (/^if you made an error/iu.test(note)) return undefined;
  const [, when, what] = /^((?:Gold|Silver|Bronze|Guest)[^:>]{0,60})[:>]\s*(.+)$/u.exec(note)
    ?? /^If ([^>]+?)(?:\s*[:>]\s*|,?\s+then\b\s*[:>,]?\s*)(.+)$/iu.exec(note)
    ?? /^If (.+?),\s+(.+)$/iu.exec(note) ?? [];
  if (when === undefined || what === undefined) return undefined;
  const label = when.replaceAll(/['‘’"]/gu, '').replace(/^the item is /iu, '').replace(/:.*$/u, '');
  return { when: sentence(firstWords(label, 10)), what: sentence(tidy(what.replaceAll(/\s*>\s*/gu, ' ')).replace(/^then /iu, '')) };
}

/** "Gift card - they want a prepaid card". */
function optionOf(note: string): Option | undefined {
  const [, name, about] = /^([^-–:]{2,40}?)\s+[-–]\s+(.+)$/u.exec(note) ?? [];
  if (name === undefined || about === undefined) return /^[\w' ]{2,30}$/u.test(note) ? { name: note, about: '' } : undefined;
  return { name: tidy(name), about: tidy(about) };
}
