import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inLanguage } from '#shared/domain/in-language.ts';
import { KNOWLEDGE_SCHEMAS, type KnowledgeKind, type KnowledgeRecord, recordKey } from '#shared/domain/knowledge.ts';
import { SITUATIONS } from '#shared/domain/prompts/schema.ts';
import { readStarterPack } from '../../../scripts/build-pack.ts';

const pack = readStarterPack(path.resolve(import.meta.dirname, '../../../resources/starter-pack'));

function all<K extends KnowledgeKind>(kind: K): KnowledgeRecord<K>[] {
  return pack.filter((line) => line.kind === kind).map((line) => line.record as KnowledgeRecord<K>);
}

/** The ids for which `isRight` does not hold: an empty list is what each test wants. */
function wrong<T extends { id: string }>(of: readonly T[], isRight: (record: T) => boolean): string[] {
  return of.filter((record) => !isRight(record)).map(({ id }) => id);
}

function twice<T>(values: readonly T[]): T[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

describe('starter pack', () => {
  it.each([['prompt', 170], ['article', 26], ['product', 360], ['break-idea', 36], ['disposition', 45], ['announcement', 4], ['synonyms', 40]] as const)(
    'holds the promised amount: %s, %i or more',
    (kind, least) => {
      expect(all(kind).length).toBeGreaterThanOrEqual(least);
    },
  );

  it('stays valid and unchanged when it is written to a file and read again', () => {
    const changed = pack.filter((line) => {
      const again: unknown = JSON.parse(JSON.stringify(line.record));
      return JSON.stringify(KNOWLEDGE_SCHEMAS[line.kind].parse(again)) !== JSON.stringify(line.record);
    });
    expect(changed.map(recordKey)).toEqual([]);
  });

  it('names owner, language, age and review of each record an agent reads from', () => {
    const read = [...all('prompt'), ...all('article'), ...all('announcement')];
    expect(wrong(read, ({ id, owner, language, verifiedAt, reviewDays }) => Boolean(owner && language === (id.endsWith('-de') ? 'de' : 'en') && verifiedAt?.startsWith('2026-') && reviewDays))).toEqual([]);
  });
});

describe('prompts', () => {
  const everyLanguage = all('prompt');
  const prompts = everyLanguage.filter(({ language }) => language === 'en');
  const german = everyLanguage.filter(({ language }) => language === 'de');
  const texts = (prompt: KnowledgeRecord<'prompt'>): string[] =>
    prompt.wordings.flatMap(({ text, bare }) => (bare === undefined ? [text] : [text, bare]));
  const saying = (pattern: RegExp, of = prompts): string[] => of.flatMap(texts).filter((text) => pattern.test(text));

  it.each(SITUATIONS)('are ready for %s, in a plain and in a formal tone', (situation) => {
    const own = prompts.filter((prompt) => prompt.situation === situation);
    expect(own.length).toBeGreaterThanOrEqual(5);
    expect(new Set(own.map((prompt) => prompt.tone))).toEqual(new Set(['plain', 'formal']));
  });

  it.each(SITUATIONS)('are ready for %s in German too, in both tones and without a contraction for the polite one', (situation) => {
    const own = german.filter((prompt) => prompt.situation === situation);
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(new Set(own.map((prompt) => prompt.tone))).toEqual(new Set(['plain', 'formal']));
    // Nobody is asked to calm down, thanked for patience they do not have, or called "du".
    expect(saying(/beruhigen Sie sich|Unannehmlichkeit|leider|für Ihre Geduld|\b(du|dich|dir|dein)\b|wir bitten um Verständnis/i, own)).toEqual([]);
    expect(saying(/\b(hab|geht's|gibt's|ist's|mach's)\b/i, own.filter(({ tone }) => tone === 'formal'))).toEqual([]);
  });

  it('have at least three wordings, none said anywhere else', () => {
    expect(wrong(everyLanguage, ({ wordings }) => wordings.length >= 3)).toEqual([]);
    expect(twice(everyLanguage.flatMap(texts))).toEqual([]);
  });

  it('can be said in one breath', () => {
    expect(everyLanguage.flatMap(texts).filter(({ length }) => length > 220)).toEqual([]);
  });

  it('keep contractions out of the formal tone', () => {
    const formal = prompts.filter(({ tone }) => tone === 'formal');
    expect(saying(/n't\b|'(ll|m|ve|d|re)\b|\b(it|that|here|what|who|there|nobody)'s\b/i, formal)).toEqual([]);
  });

  it('use contractions in the plain tone, as people do', () => {
    const plain = prompts.filter(({ tone }) => tone === 'plain');
    expect(saying(/\b(I am|I will(?!\.)|I have got|cannot|do not|is not|it is not|you are not)\b/, plain)).toEqual([]);
  });

  it('hold no stock phrase', () => {
    expect(saying(/inconvenience|valued customer|your call is important|calm down|unfortunately|as per|policy states/i)).toEqual([]);
  });

  it('sell nothing, compare nothing and ask for no account holder after a death', () => {
    const grieving = prompts.filter(({ situation }) => situation === 'grieving');
    expect(wrong(grieving, ({ framework }) => framework === 'bereavement')).toEqual([]);
    expect(saying(/account holder|at least|I know how you feel|discount|upgrade|special offer/i, grieving)).toEqual([]);
  });

  it('never ask for a card number to be said', () => {
    expect(saying(/(read|tell|give|say) (me )?(out )?your card number/i)).toEqual([]);
  });

  it('have two triggers or more, each once', () => {
    expect(wrong(everyLanguage, ({ triggers = [] }) => triggers.length >= 2 && twice(triggers).length === 0)).toEqual([]);
  });
});

describe('frameworks', () => {
  const frameworks = all('framework');

  it('are all there, with a public source and words of our own for each', () => {
    const wanted = ['LAST', 'LEAST', 'LEAP', 'HEARD', 'LATTE', 'HEAT', 'LEARN', 'AWARE', 'CARP', 'TEXAS', 'bereavement', 'abuse-ladder'];
    expect(new Set(frameworks.map(({ id }) => id))).toEqual(new Set(wanted));
    expect(wrong(frameworks, ({ source }) => source?.startsWith('http') === true)).toEqual([]);
    expect(wrong(frameworks, ({ stages }) => twice(stages.map(({ id }) => id)).length === 0)).toEqual([]);
    expect(wrong(frameworks, ({ id }) => all('prompt').filter(({ framework }) => framework === id).length >= 3)).toEqual([]);
  });

  it.each([['abuse-ladder', ['record']], ['TEXAS', []], ['bereavement', ['listen']]])('have words for every spoken stage of %s', (id, silent) => {
    const spoken = new Set(all('prompt').filter(({ framework }) => framework === id).map(({ stage }) => stage));
    const stages = frameworks.find((framework) => framework.id === id)?.stages.map((stage) => stage.id);
    expect(stages?.filter((stage) => !spoken.has(stage))).toEqual(silent);
  });
});

describe('articles', () => {
  const articles = all('article');
  const IDS = [
    'returns-policy', 'refund-times', 'delivery-times', 'damaged-items', 'warranty', 'price-match', 'payment-methods',
    'card-payments-safely', 'data-protection-requests', 'identity-check', 'complaints-policy', 'cancellation-rights',
    'bill-explained', 'plan-changes', 'router-restart', 'outage-handling', 'account-unlock', 'bereavement-guide',
    'vulnerable-customers', 'abusive-calls', 'call-recording', 'gift-cards', 'store-pickup', 'phone-number-porting',
    'roaming', 'hold-and-transfer',
  ];

  it('are the promised ones', () => {
    const ids = new Set(articles.map(({ id }) => id));
    expect(IDS.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('name the source of what the law says, or send the reader to ask', () => {
    expect(wrong(articles, ({ body }) => !/\b(the law|legal rights?|right to reject|PAC\b.*65075|within one month|1 month)/i.test(body) || /^Source\b.*:|check with your company|ask Policy desk/m.test(body))).toEqual([]);
  });

  it('answer in one sentence', () => {
    expect(wrong(articles, ({ summary }) => summary.length <= 220 && /^[^.!?]+\.$/.test(summary))).toEqual([]);
  });

  it('are short enough to scan in a call, with headings', () => {
    const words = (body: string): number => body.match(/[\p{L}\p{N}£'’]+/gu)?.length ?? 0;
    expect(wrong(articles, ({ body }) => words(body) >= 120 && words(body) <= 350)).toEqual([]);
    expect(wrong(articles, ({ body }) => (body.match(/^## /gm) ?? []).length >= 2)).toEqual([]);
  });

  it('give every row of a table the same number of cells', () => {
    const ragged = (body: string): boolean => (body.match(/(?:^\|.*\|$\n?)+/gm) ?? [])
      .some((table) => new Set(table.trim().split('\n').map((row) => row.split('|').length)).size > 1);
    expect(wrong(articles, ({ body }) => !ragged(body))).toEqual([]);
  });
});

describe('desk lists', () => {
  const ideas = all('break-idea').map((idea) => inLanguage('break-idea', idea, 'en'));

  it('offer breaks of every kind, none with a screen to read', () => {
    expect(new Set(ideas.map(({ kind }) => kind))).toEqual(new Set(['breathing', 'eyes', 'relaxing', 'social', 'stretching', 'walking', 'water']));
    expect(wrong(ideas, ({ title, text }) => !/\b(news|article|book|feed|scroll|e-mail)\b/i.test(`${title} ${text}`))).toEqual([]);
  });

  it('give every breathing idea its pattern, and only those', () => {
    expect(wrong(ideas, ({ kind, pattern }) => (kind === 'breathing') === (pattern !== undefined))).toEqual([]);
    const patterns = ideas.flatMap(({ pattern }) => (pattern ? [pattern.join('-')] : []));
    expect(patterns).toEqual(expect.arrayContaining(['4-0-6-0', '5-0-5-0', '4-4-4-4', '3-0-6-0']));
  });

  it('have a recovery of each size: a minute, five minutes, ten and more', () => {
    const recovery = ideas.filter(({ tags }) => tags?.includes('recovery')).map(({ seconds }) => seconds);
    expect(Math.min(...recovery)).toBeLessThanOrEqual(90);
    expect(recovery).toContain(300);
    expect(Math.max(...recovery)).toBeGreaterThanOrEqual(600);
  });

  it('keep dispositions in two clear levels and ask for the complaint record with each complaint', () => {
    const dispositions = all('disposition');
    const english = dispositions.map((one) => inLanguage('disposition', one, 'en'));
    expect(new Set(english.map(({ group }) => group)).size).toBe(9);
    expect(twice(dispositions.map(({ order }) => order))).toEqual([]);
    expect(twice(english.map(({ group, label }) => `${group}: ${label}`))).toEqual([]);
    expect(wrong(dispositions, ({ requires, complaint }) => (requires?.includes('complaint') ?? false) === (complaint ?? false))).toEqual([]);
  });

  it('know a not-ready reason of every kind', () => {
    const kinds = new Set(all('not-ready-reason').map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['break', 'lunch', 'training', 'meeting', 'coaching', 'admin', 'system-issue', 'recovery', 'personal']));
  });

  it('put no word into two synonym groups', () => {
    expect(twice(all('synonyms').flatMap(({ words }) => words.map((word) => word.toLowerCase())))).toEqual([]);
  });

  it('ask for an acknowledgement of important news', () => {
    expect(all('announcement').some(({ importance, acknowledge }) => importance === 'important' && acknowledge === 'once')).toBe(true);
  });
});
