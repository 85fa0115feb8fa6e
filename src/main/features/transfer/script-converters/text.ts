import type { Answer, Field, Step } from '#shared/domain/scripts/schema.ts';

/** Lower-case slug of letters, digits and dashes, at most 60 long, never empty. */
export function slug(text: string): string {
  const made = text.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-+|-+$/gu, '').slice(0, 60).replaceAll(/-+$/gu, '');
  return made === '' ? 'x' : made;
}

/** `flight_id` → `flightId`: the form field ids have. */
export function camel(text: string): string {
  const parts = text.split(/[^A-Za-z0-9]+/u).filter((part) => part !== '');
  const made = parts.map((part, i) => (i === 0 ? part[0]!.toLowerCase() : part[0]!.toUpperCase()) + part.slice(1)).join('');
  return /^[a-z]/u.test(made) ? made.slice(0, 60) : `f${made}`.slice(0, 60);
}

/** First letter upper case. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? trimmed : trimmed[0]!.toUpperCase() + trimmed.slice(1);
}

/** One line of words, single spaces. */
export function tidy(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** The first words of a text, for cues and labels; an ellipsis says that there is more. */
export function firstWords(text: string, most: number): string {
  const list = tidy(text).split(' ');
  if (list.length <= most) return tidy(text).replace(/[.:,;]$/u, '');
  return `${list.slice(0, most).join(' ').replace(/[.:,;]$/u, '')}…`;
}

/** A step under construction: as `Step`, its lists always there. */
export type Draft = Omit<Step, 'answers' | 'capture'> & { answers: Answer[]; capture: NonNullable<Step['capture']> };

export function draft(id: string, cue: string): Draft {
  return { id, cue: firstWords(cue, 8), answers: [], capture: [] };
}

/** The draft without its empty lists. A step with answers does not need `next`. */
export function finished({ answers, capture, next, ...rest }: Draft): Step {
  return {
    ...rest,
    ...(capture.length > 0 ? { capture: capture.slice(0, 12) } : {}),
    ...(answers.length > 0 ? { answers } : {}),
    ...(answers.length === 0 && next !== undefined ? { next } : {}),
  };
}

/** Adds an answer with an id no other answer of the step has. */
export function addAnswer(step: Draft, label: string, to: string, set?: Answer['set']): void {
  let id = slug(label).slice(0, 50);
  for (let n = 2; step.answers.some((answer) => answer.id === id); n += 1) id = `${slug(label).slice(0, 50)}-${n}`;
  step.answers.push({ id, label: firstWords(sentence(label), 10), to, ...(set ? { set } : {}) });
}

/** Fields in the order they were first needed. */
export type Fields = { need(name: string, label: string, more?: Partial<Field>): string; list(): Field[] };

export function createFields(): Fields {
  const fields = new Map<string, Field>();
  return {
    need(name, label, more = {}) {
      const id = camel(name);
      if (!fields.has(id)) fields.set(id, { id, label: sentence(label), type: 'text', ...more });
      return id;
    },
    list: () => [...fields.values()],
  };
}

/** Adds a field to what a step captures, once. */
export function captures(step: Draft, field: string): void {
  if (!step.capture.some((entry) => entry.field === field)) step.capture.push({ field });
}
