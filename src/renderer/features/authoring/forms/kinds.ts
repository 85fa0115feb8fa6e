import { SITUATIONS } from '#shared/domain/prompts/schema.ts';
import { isLocalKind } from '#shared/domain/in-language.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { MessageKey } from '#renderer/messages/messages.tsx';
import type { FieldSpec, FormSection } from './spec.ts';

type More = { help?: MessageKey; required?: boolean; maxLength?: number; local?: boolean };
const line = (name: string, says: MessageKey, more: More = {}): FieldSpec => ({ type: 'line', name, says, maxLength: 400, ...more });
const text = (name: string, says: MessageKey, more: More = {}): FieldSpec => ({ type: 'text', name, says, maxLength: 4_000, ...more });
const order: FieldSpec = { type: 'number', name: 'order', says: 'edit.order', help: 'edit.order-hint', min: 0, max: 10_000 };

const scripts: FieldSpec = { type: 'reference', name: 'scripts', says: 'edit.scripts', to: 'script', many: true };

export const situations = SITUATIONS.map((id) => [id, `situation.${id}` as MessageKey] as const);

/** What each kind is made of, in the order it is written. Scripts and products have editors of their own. */
const OWN: Readonly<Partial<Record<KnowledgeKind, readonly FormSection[]>>> = {
  article: [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('title', 'edit.title', { required: true }),
        { type: 'choice', name: 'kind', says: 'edit.article.kind', short: true, options: [['policy', 'edit.article.policy'], ['how-to', 'edit.article.how-to'], ['troubleshooting', 'edit.article.troubleshooting'], ['reference', 'edit.article.reference']] },
        text('summary', 'edit.article.summary', { help: 'edit.article.summary-hint', required: true }),
        { type: 'markdown', name: 'body', says: 'edit.article.body' },
        scripts,
      ],
    },
  ],
  announcement: [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('title', 'edit.title', { required: true }),
        { type: 'choice', name: 'importance', says: 'edit.news.importance', short: true, options: [['info', 'edit.news.info'], ['important', 'edit.news.important'], ['urgent', 'edit.news.urgent']] },
        { type: 'choice', name: 'acknowledge', says: 'edit.news.acknowledge', help: 'edit.news.acknowledge-hint', short: true, options: [['no', 'edit.news.no'], ['once', 'edit.news.once'], ['daily', 'edit.news.daily']] },
        { type: 'markdown', name: 'body', says: 'edit.news.body' },
      ],
    },
  ],
  prompt: [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('title', 'edit.prompt.title', { help: 'edit.prompt.title-hint', required: true }),
        { type: 'choice', name: 'situation', says: 'edit.prompt.situation', options: situations, required: true },
        { type: 'choice', name: 'tone', says: 'edit.prompt.tone', short: true, options: [['plain', 'edit.prompt.plain'], ['formal', 'edit.prompt.formal']] },
        { type: 'rows', name: 'wordings', says: 'edit.prompt.wordings', help: 'edit.prompt.wordings-hint', add: 'edit.prompt.add-wording', fresh: { text: '' }, max: 20, item: [text('text', 'edit.prompt.text', { maxLength: 400, required: true }), line('bare', 'edit.prompt.bare', { help: 'edit.prompt.bare-hint' })] },
        { type: 'list', name: 'triggers', says: 'edit.prompt.triggers', help: 'edit.prompt.triggers-hint' },
        { type: 'reference', name: 'framework', says: 'edit.prompt.framework', to: 'framework' },
        line('stage', 'edit.prompt.stage', { maxLength: 60 }),
      ],
    },
  ],
  disposition: [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('group', 'edit.disposition.group', { local: true, required: true }),
        line('label', 'edit.disposition.label', { local: true, required: true }),
        { type: 'check', name: 'solved', says: 'edit.disposition.solved', help: 'edit.disposition.solved-hint' },
        { type: 'check', name: 'complaint', says: 'edit.disposition.complaint', omit: true },
        { type: 'ticks', name: 'requires', says: 'edit.disposition.requires', options: [['note', 'edit.disposition.note'], ['follow-up', 'edit.disposition.follow-up'], ['complaint', 'edit.disposition.complaint-form']] },
        order,
      ],
    },
  ],
  'not-ready-reason': [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('label', 'edit.reason.label', { local: true, required: true }),
        { type: 'choice', name: 'kind', says: 'edit.reason.kind', options: ['break', 'lunch', 'training', 'meeting', 'coaching', 'admin', 'system-issue', 'recovery', 'personal'].map((id) => [id, `edit.reason.${id}` as MessageKey] as const) },
        order,
      ],
    },
  ],
  'break-idea': [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('title', 'edit.title', { local: true, required: true }),
        { type: 'choice', name: 'kind', says: 'edit.idea.kind', options: ['relaxing', 'social', 'stretching', 'eyes', 'breathing', 'walking', 'water'].map((id) => [id, `edit.idea.${id}` as MessageKey] as const) },
        text('text', 'edit.idea.text', { help: 'edit.idea.text-hint', local: true, required: true }),
        { type: 'number', name: 'seconds', says: 'edit.idea.seconds', min: 10, max: 1_800 },
      ],
    },
  ],
  'note-template': [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('title', 'edit.title', { local: true, required: true }),
        text('text', 'edit.template.text', { help: 'edit.template.text-hint', local: true, required: true }),
        order,
      ],
    },
  ],
  synonyms: [{ id: 'words', says: 'edit.section.words', fields: [{ type: 'list', name: 'words', says: 'edit.synonyms.words', help: 'edit.synonyms.hint', maxLength: 120 }] }],
  framework: [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('title', 'edit.title', { local: true, required: true }),
        text('use', 'edit.framework.use', { local: true, required: true }),
        { type: 'rows', name: 'stages', says: 'edit.framework.stages', add: 'edit.framework.add-stage', fresh: { id: '', title: '', cue: '' }, max: 10, item: [line('title', 'edit.framework.stage', { local: true, required: true }), { type: 'code', name: 'id', says: 'edit.framework.stage-id', required: true, maxLength: 60 }, text('cue', 'edit.framework.cue', { local: true, required: true })] },
        line('source', 'edit.framework.source'),
      ],
    },
  ],
  'practice-caller': [
    {
      id: 'words', says: 'edit.section.words', fields: [
        line('name', 'edit.caller.name', { required: true }),
        { type: 'reference', name: 'script', says: 'edit.caller.script', to: 'script', required: true },
        text('brief', 'edit.caller.brief', { required: true }),
        line('mood', 'edit.caller.mood', { maxLength: 60, required: true }),
        { type: 'number', name: 'patienceSeconds', says: 'edit.caller.patience', min: 5, max: 600 },
        text('opening', 'edit.caller.opening', { required: true }),
        { type: 'rows', name: 'lines', says: 'edit.caller.lines', add: 'edit.caller.add-line', fresh: { step: '', says: '' }, max: 60, item: [{ type: 'code', name: 'step', says: 'edit.caller.step', maxLength: 60, required: true }, text('says', 'edit.caller.says', { required: true })] },
        { type: 'list', name: 'impatient', says: 'edit.caller.impatient' },
        { type: 'rows', name: 'twists', says: 'edit.caller.twists', add: 'edit.caller.add-twist', fresh: { afterSteps: 3, says: '', goodAnswer: '' }, max: 6, item: [{ type: 'number', name: 'afterSteps', says: 'edit.caller.after', min: 1, max: 100 }, text('says', 'edit.caller.says', { required: true }), text('goodAnswer', 'edit.caller.good-answer', {})] },
      ],
    },
  ],
  'self-check': [
    {
      id: 'words', says: 'edit.section.words', fields: [
        text('question', 'edit.check.question', { required: true }),
        text('answer', 'edit.check.answer', { help: 'edit.check.answer-hint', required: true }),
        { type: 'rows', name: 'choices', says: 'edit.check.choices', help: 'edit.check.choices-hint', add: 'edit.check.add-choice', fresh: { text: '', right: false }, max: 6, item: [line('text', 'edit.check.choice', { required: true }), { type: 'check', name: 'right', says: 'edit.check.right' }] },
        { type: 'reference', name: 'article', says: 'edit.check.article', to: 'article' },
        { type: 'reference', name: 'script', says: 'edit.check.script', to: 'script' },
      ],
    },
  ],
  image: [{ id: 'words', says: 'edit.section.words', fields: [line('alt', 'edit.image.alt', { help: 'edit.image.alt-hint', required: true })] }],
};

/** For whom, from when until when: what every record has. */
const REACH: FormSection = {
  id: 'reach', says: 'edit.section.reach', fields: [
    { type: 'moment', name: 'validFrom', says: 'edit.valid-from' },
    { type: 'moment', name: 'validUntil', says: 'edit.valid-until', help: 'edit.valid-until-hint' },
  ],
};

const TARGETS: readonly FieldSpec[] = [
  { type: 'list', name: 'teams', says: 'edit.teams', help: 'edit.targets-hint' },
  { type: 'list', name: 'queues', says: 'edit.queues' },
];

const CARE: FormSection = {
  id: 'care', says: 'edit.section.care', folded: true, fields: [
    line('owner', 'edit.owner'),
    { type: 'number', name: 'reviewDays', says: 'edit.review-days', help: 'edit.review-hint', min: 1, max: 3_650 },
    { type: 'list', name: 'tags', says: 'edit.tags' },
    { type: 'code', name: 'language', says: 'edit.language', help: 'edit.language-hint', maxLength: 6 },
    { type: 'ticks', name: 'sectors', says: 'edit.sectors', options: [['retail', 'edit.sector.retail'], ['telecom', 'edit.sector.telecom'], ['finance', 'edit.sector.finance'], ['health', 'edit.sector.health'], ['public', 'edit.sector.public']] },
  ],
};

export { CARE, REACH, TARGETS };

/** The sections of a kind, without those every record has; undefined for kinds with an editor of their own. */
export function sectionsOf(kind: KnowledgeKind): readonly FormSection[] | undefined {
  return OWN[kind];
}

/** Whether words of this kind are written in several languages inside one record. */
export function isLocal(kind: KnowledgeKind): boolean {
  return isLocalKind(kind);
}
