import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWLEDGE_SCHEMAS, type KnowledgeKind, type KnowledgeRecord, recordKey } from '#shared/domain/knowledge.ts';
import { SITUATIONS } from '#shared/domain/prompts/schema.ts';
import { readStarterPack } from '../../../scripts/build-pack.ts';

const pack = readStarterPack(path.resolve(import.meta.dirname, '../../../resources/starter-pack'));

function all<K extends KnowledgeKind>(kind: K): KnowledgeRecord<K>[] {
  return pack.filter((line) => line.kind === kind).map((line) => line.record as KnowledgeRecord<K>);
}

describe('starter pack', () => {
  it('holds every kind of knowledge in the promised amount', () => {
    expect(all('prompt').length).toBeGreaterThanOrEqual(170);
    expect(all('article').length).toBeGreaterThanOrEqual(26);
    expect(all('product').length).toBeGreaterThanOrEqual(360);
    expect(all('break-idea').length).toBeGreaterThanOrEqual(36);
    expect(all('disposition').length).toBeGreaterThanOrEqual(45);
    expect(all('announcement').length).toBeGreaterThanOrEqual(4);
    expect(all('synonyms').length).toBeGreaterThanOrEqual(40);
  });

  it('stays valid and unchanged when a pack file is written and read again', () => {
    for (const line of pack) {
      const again: unknown = JSON.parse(JSON.stringify(line.record));
      expect(KNOWLEDGE_SCHEMAS[line.kind].parse(again), recordKey(line)).toEqual(line.record);
    }
  });

  it('names the owner and the language of each record an agent reads from', () => {
    for (const record of [...all('prompt'), ...all('article'), ...all('announcement')]) {
      expect(record.owner, record.id).toBeTruthy();
      expect(record.language, record.id).toBe('en');
      expect(record.verifiedAt, record.id).toMatch(/^2026-/);
    }
  });
});

describe('prompts', () => {
  const prompts = all('prompt');
  const texts = (prompt: KnowledgeRecord<'prompt'>): string[] =>
    prompt.wordings.flatMap((wording) => (wording.bare === undefined ? [wording.text] : [wording.text, wording.bare]));

  it('cover every situation, in a plain and in a formal tone', () => {
    for (const situation of SITUATIONS) {
      const own = prompts.filter((prompt) => prompt.situation === situation);
      expect(own.length, situation).toBeGreaterThanOrEqual(5);
      expect(new Set(own.map((prompt) => prompt.tone)), situation).toEqual(new Set(['plain', 'formal']));
    }
  });

  it('have at least three wordings, none said anywhere else', () => {
    const seen = new Map<string, string>();
    for (const prompt of prompts) {
      expect(prompt.wordings.length, prompt.id).toBeGreaterThanOrEqual(3);
      for (const text of texts(prompt)) {
        expect(seen.get(text), `"${text}" in ${prompt.id}`).toBeUndefined();
        seen.set(text, prompt.id);
      }
    }
  });

  it('can be said in one breath', () => {
    for (const prompt of prompts) for (const text of texts(prompt)) expect(text.length, text).toBeLessThanOrEqual(220);
  });

  it('keep contractions out of the formal tone and stock phrases out of both', () => {
    const contraction = /n't\b|'(ll|m|ve|d|re)\b|\b(it|that|here|what|who|there|nobody)'s\b/i;
    const stock = /inconvenience|valued customer|your call is important|calm down|unfortunately|as per|policy states/i;
    for (const prompt of prompts) {
      for (const text of texts(prompt)) {
        if (prompt.tone === 'formal') expect(text, prompt.id).not.toMatch(contraction);
        expect(text, prompt.id).not.toMatch(stock);
      }
    }
  });

  it('use contractions in the plain tone, as people do', () => {
    const uncontracted = /\b(I am|I will(?!\.)|I have got|cannot|do not|is not|it is not|you are not)\b/;
    for (const prompt of prompts) if (prompt.tone === 'plain') for (const text of texts(prompt)) expect(text, prompt.id).not.toMatch(uncontracted);
  });

  it('sell nothing and ask for no account holder after a death', () => {
    for (const prompt of prompts.filter(({ situation }) => situation === 'grieving')) {
      expect(prompt.framework, prompt.id).toBe('bereavement');
      for (const text of texts(prompt)) expect(text, prompt.id).not.toMatch(/account holder|at least|I know how you feel|discount|upgrade|special offer/i);
    }
  });

  it('have two triggers or more, each once within its prompt', () => {
    const triggers = prompts.flatMap((prompt) => (prompt.triggers ?? []).map((text) => `${prompt.situation} ${prompt.tone} ${prompt.id} ${text.toLowerCase()}`));
    expect(new Set(triggers).size).toBe(triggers.length);
    for (const prompt of prompts) expect(prompt.triggers?.length ?? 0, prompt.id).toBeGreaterThanOrEqual(2);
  });
});

describe('frameworks', () => {
  it('are all there, with a public source and stages that prompts use', () => {
    const wanted = ['LAST', 'LEAST', 'LEAP', 'HEARD', 'LATTE', 'HEAT', 'LEARN', 'AWARE', 'CARP', 'TEXAS', 'bereavement', 'abuse-ladder'];
    const frameworks = all('framework');
    expect(frameworks.map(({ id }) => id).sort()).toEqual([...wanted].sort());
    for (const framework of frameworks) {
      expect(framework.source, framework.id).toMatch(/^https?:\/\//);
      expect(new Set(framework.stages.map(({ id }) => id)).size, framework.id).toBe(framework.stages.length);
      expect(all('prompt').filter((prompt) => prompt.framework === framework.id).length, framework.id).toBeGreaterThanOrEqual(3);
    }
  });

  it('have words ready for every stage of the abuse ladder that is spoken, and for every step of TEXAS', () => {
    for (const [id, silent] of [['abuse-ladder', ['record']], ['TEXAS', []], ['bereavement', ['listen']]] as const) {
      const framework = all('framework').find((own) => own.id === id);
      const spoken = new Set(all('prompt').filter((prompt) => prompt.framework === id).map((prompt) => prompt.stage));
      const missing = framework?.stages.map((stage) => stage.id).filter((stage) => !spoken.has(stage));
      expect(missing, id).toEqual(silent);
    }
  });
});

describe('articles', () => {
  const IDS = [
    'returns-policy', 'refund-times', 'delivery-times', 'damaged-items', 'warranty', 'price-match', 'payment-methods',
    'card-payments-safely', 'data-protection-requests', 'identity-check', 'complaints-policy', 'cancellation-rights',
    'bill-explained', 'plan-changes', 'router-restart', 'outage-handling', 'account-unlock', 'bereavement-guide',
    'vulnerable-customers', 'abusive-calls', 'call-recording', 'gift-cards', 'store-pickup', 'phone-number-porting',
    'roaming', 'hold-and-transfer',
  ];

  it('are the promised ones', () => {
    const ids = new Set(all('article').map(({ id }) => id));
    expect(IDS.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('answer in one sentence and are short enough to scan in a call', () => {
    for (const article of all('article')) {
      const words = article.body.match(/[\p{L}\p{N}£'’]+/gu)?.length ?? 0;
      expect(words, article.id).toBeGreaterThanOrEqual(120);
      expect(words, article.id).toBeLessThanOrEqual(350);
      expect(article.summary.length, article.id).toBeLessThanOrEqual(220);
      expect(article.summary, article.id).toMatch(/^[^.!?]+[.]$/);
      expect(article.body, article.id).toMatch(/^## /m);
      expect(article.reviewDays, article.id).toBeGreaterThan(0);
    }
  });

  it('give tables the same number of cells in every row', () => {
    for (const article of all('article')) {
      const tables = article.body.match(/(?:^\|.*\|$\n?)+/gm) ?? [];
      for (const table of tables) {
        const widths = table.trim().split('\n').map((row) => row.split('|').length);
        expect(new Set(widths).size, `${article.id}: ${table}`).toBe(1);
      }
    }
  });
});

describe('desk lists', () => {
  it('offer breaks of every kind, each breathing idea with its pattern, none with a screen', () => {
    const ideas = all('break-idea');
    const kinds = new Set(ideas.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['breathing', 'eyes', 'relaxing', 'social', 'stretching', 'walking', 'water']);
    for (const idea of ideas) {
      expect(idea.pattern !== undefined, idea.id).toBe(idea.kind === 'breathing');
      expect(`${idea.title} ${idea.text}`, idea.id).not.toMatch(/\b(news|article|book|feed|scroll|e-mail)\b/i);
    }
    const patterns = ideas.flatMap(({ pattern }) => (pattern ? [pattern.join('-')] : []));
    expect(patterns).toEqual(expect.arrayContaining(['4-0-6-0', '5-0-5-0', '4-4-4-4', '3-0-6-0']));
  });

  it('have a recovery for each size: a minute, five minutes, ten and more', () => {
    const recovery = all('break-idea').filter(({ tags }) => tags?.includes('recovery')).map(({ seconds }) => seconds);
    expect(Math.min(...recovery)).toBeLessThanOrEqual(90);
    expect(recovery.some((seconds) => seconds === 300)).toBe(true);
    expect(Math.max(...recovery)).toBeGreaterThanOrEqual(600);
  });

  it('keep dispositions in two clear levels and ask for the complaint record with each complaint', () => {
    const dispositions = all('disposition');
    expect(new Set(dispositions.map(({ group }) => group)).size).toBe(9);
    expect(new Set(dispositions.map(({ order }) => order)).size).toBe(dispositions.length);
    expect(new Set(dispositions.map(({ group, label }) => `${group} ${label}`)).size).toBe(dispositions.length);
    for (const own of dispositions) expect(own.requires?.includes('complaint') ?? false, own.id).toBe(own.complaint ?? false);
  });

  it('know a not-ready reason of every kind', () => {
    const kinds = all('not-ready-reason').map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['break', 'lunch', 'training', 'meeting', 'coaching', 'admin', 'system-issue', 'recovery', 'personal']));
  });

  it('put no word into two synonym groups', () => {
    const words = all('synonyms').flatMap((group) => group.words.map((word) => word.toLowerCase()));
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });

  it('ask for one acknowledgement at least', () => {
    const asked = all('announcement').filter(({ importance, acknowledge }) => importance === 'important' && acknowledge === 'once');
    expect(asked.length).toBeGreaterThanOrEqual(1);
  });
});
