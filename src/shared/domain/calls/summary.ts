import type { CapturedField, Complaint } from './schema.ts';
import type { HungUpBy } from './machine.ts';

/** Everything a summary can be drafted from. Order of the lists is the order in which things happened. */
export type SummarySource = {
  caller?: string;
  queue?: string;
  direction: 'in' | 'out';
  /** Titles of the scripts followed, in order, without repeats. */
  scripts: readonly string[];
  /** Answers picked on the way: what the caller said at which step. */
  answers: readonly { step: string; answer: string }[];
  fields: readonly CapturedField[];
  /** Titles of the prompts used. */
  prompts: readonly string[];
  notes: string;
  complaint?: Complaint;
  followUps: readonly { kind: 'promise' | 'call-back' | 'e-mail'; text: string; dueText: string }[];
  disposition?: string;
  transferredTo?: string;
  hungUpBy?: HungUpBy;
  /** Talk and hold time in ms. */
  talkMs: number;
  holdMs: number;
};

/** The words around the facts, from the message catalogue. `{…}` are filled in. */
export type SummaryWords = {
  inbound: string; outbound: string; about: string; said: string; data: string; notes: string; complaint: string; promised: string; resolved: string; open: string;
  prompts: string; transferred: string; next: string; promise: string; callBack: string; email: string; outcome: string;
};

export const ENGLISH_SUMMARY_WORDS: SummaryWords = {
  inbound: 'Call from {who}', outbound: 'Call to {who}', about: 'About: {what}', said: 'Caller: {what}', data: 'Details: {what}', notes: 'Notes: {what}',
  complaint: 'Complaint: {what}', promised: 'promised {what}', resolved: 'resolved', open: 'not resolved yet', prompts: 'Said: {what}', transferred: 'Transferred to {what}',
  next: 'Next: {what}', promise: 'promise', callBack: 'call back', email: 'e-mail', outcome: 'Outcome: {what}',
};

const fill = (pattern: string, what: string): string => pattern.replaceAll(/\{(?:who|what)\}/g, () => what);
const tidy = (text: string): string => text.split('\n').map((line) => line.trim()).filter((line) => line !== '').join(' · ');

/**
 * Drafts the summary of a call. Deterministic: the same source gives the same text. Sensitive
 * fields are left out; nothing is made up, and a part without content leaves no empty line.
 */
export function draftSummary(source: SummarySource, words: SummaryWords = ENGLISH_SUMMARY_WORDS): string {
  const who = [source.caller, source.queue === undefined ? undefined : `(${source.queue})`].filter((part) => part !== undefined && part !== '').join(' ');
  const lines: string[] = [];
  const add = (pattern: string, what: string): void => void (what.trim() === '' ? undefined : lines.push(fill(pattern, what)));
  add(source.direction === 'in' ? words.inbound : words.outbound, who);
  add(words.about, unique(source.scripts).join(', '));
  add(words.said, source.answers.map(({ answer }) => answer).filter((answer) => answer !== '').join(' → '));
  add(words.data, source.fields.filter((field) => field.sensitive !== true && field.value !== '').map((field) => `${field.label || field.field}: ${tidy(field.value)}`).join('; '));
  add(words.prompts, unique(source.prompts).join(', '));
  add(words.notes, tidy(source.notes));
  add(words.complaint, source.complaint === undefined ? '' : complaintText(source.complaint, words));
  add(words.transferred, source.transferredTo ?? '');
  for (const { kind, text, dueText } of source.followUps) add(words.next, [`${kindWord(kind, words)}: ${tidy(text)}`, dueText].filter((part) => part !== '').join(', '));
  add(words.outcome, source.disposition ?? '');
  return lines.join('\n');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function complaintText({ category, promised, resolved, resolution }: Complaint, words: SummaryWords): string {
  return [category, promised === '' ? '' : fill(words.promised, tidy(promised)), resolved ? words.resolved : words.open, tidy(resolution)].filter((part) => part !== '').join('; ');
}

function kindWord(kind: 'promise' | 'call-back' | 'e-mail', words: SummaryWords): string {
  return kind === 'promise' ? words.promise : kind === 'call-back' ? words.callBack : words.email;
}

/** Names a CRM template may use, with what they stand for in the call. */
export type TemplateValues = {
  summary: string; notes: string; disposition: string; caller: string; number: string; queue: string; date: string; time: string; duration: string; followUp: string; complaint: string;
  fields: Readonly<Record<string, string>>;
};

/** Ready templates for the clipboard; an organisation may bring its own. */
export const CRM_TEMPLATES: Readonly<Record<'plain' | 'one-line' | 'salesforce' | 'zendesk' | 'markdown', string>> = {
  plain: '{{summary}}',
  'one-line': '{{date}} {{time}} {{disposition}}: {{summary|line}}',
  salesforce: 'Subject: Call – {{disposition}}\nDescription:\n{{summary}}\n\nNext step: {{followUp}}',
  zendesk: '{{summary}}\n\n---\nCaller: {{caller}}\nQueue: {{queue}}\nDuration: {{duration}}\nOutcome: {{disposition}}',
  markdown: '**{{disposition}}** – {{date}} {{time}}, {{duration}}\n\n{{summary}}',
};

/**
 * Fills a template: `{{name}}`, `{{field.id}}`, and `{{name|line}}` for one line. Unknown names become
 * nothing; a line whose only content was an empty value is dropped.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  const value = (name: string): string => {
    const [from, key] = name.startsWith('field.') ? [values.fields, name.slice('field.'.length)] : [values, name];
    const found: unknown = Object.hasOwn(from, key) ? from[key as keyof typeof from] : '';
    return typeof found === 'string' ? found : '';
  };
  return template
    .split('\n')
    .flatMap((line) => {
      let slots = 0;
      let filled = 0;
      const out = line.replaceAll(/\{\{\s*([A-Za-z.0-9_-]+)\s*(\|\s*line\s*)?\}\}/g, (_whole, name: string, oneLine: string | undefined) => {
        const text = value(name);
        slots += 1;
        filled += text === '' ? 0 : 1;
        return oneLine === undefined ? text : tidy(text);
      });
      return slots > 0 && filled === 0 ? [] : [out];
    })
    .join('\n')
    .trim();
}

/** `4:07` or `1:02:09`, for talk and hold together. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
