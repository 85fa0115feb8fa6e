import { describe, expect, it } from 'vitest';
import { catalogues, en, type MessageKey } from '#shared/messages/catalogue.ts';
import { createTranslator } from '#shared/messages/translator.ts';
import { argumentsOf, lackingPlurals, sampleValues, sameArguments } from './icu.ts';

const keys = Object.keys(en) as MessageKey[];
const others = Object.entries(catalogues).filter(([language]) => language !== 'en');

/** Read the same in English and German: names, loan words, signs and units. */
const SAME_IN_GERMAN = new Set<MessageKey>([
  'app.name', 'news.field.name', 'shell.status', 'key.enter', 'key.escape', 'key.tab', 'settings.percent', 'settings.version',
  'call.announce', 'note.fact-value', 'field.error.patternHelp',
  'wrap-up.template', 'wrap-up.template.markdown', 'palette.filter.category',
  'practise.patience-left', 'practise.seconds', 'breaks.seconds', 'breaks.card.now', 'breaks.card.later', 'hard.longer',
  'my-day.duration', 'my-day.points-less', 'my-day.chart.minutes',
  'telephony.phone.microsip', 'telephony.phone.3cx', 'telephony.phone.vicidial', 'telephony.phone.wildix', 'telephony.phone.ringotel',
  'telephony.port', 'telephony.token', 'telephony.ami.host', 'telephony.source.ami', 'telephony.field.name',
  'transfer.file', 'transfer.format.ndjson', 'transfer.format.json', 'transfer.encoding.utf-8', 'transfer.encoding.utf-16le',
  'edit.step.entry-short', 'edit.fact.team', 'edit.slot.field', 'edit.in-language', 'edit.teams', 'edit.article.body', 'edit.news.body', 'edit.prompt.situation', 'edit.reason.label', 'edit.product.name',
  'review.said.comment', 'lists.desks.app', 'lists.desks.has', 'change.nothing', 'change.pair', 'change.step.changed', 'browse.verified-on', 'record.field.name', 'record.field.teams', 'record.field.situation', 'record.field.body',
  'transfer.decimal.dot', 'transfer.decimal.comma', 'transfer.price-unit.major', 'transfer.target.name',
]);

describe.each(Object.entries(catalogues))('every message in %s', (language, messages) => {
  const own = Object.entries(messages) as [MessageKey, string][];

  it('has words', () => {
    expect(own.filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });

  it('is parsed, and formats with sample values of its arguments', () => {
    const t = createTranslator<MessageKey>(language, messages, en);
    const failed = own.flatMap(([key, text]) => sampleValues(text).flatMap((values) => {
      try {
        const shown = t(key, values);
        return shown.trim() === '' || /undefined|NaN|\[object/.test(shown) ? [`${key}: ${shown}`] : [];
      } catch (error) {
        return [`${key}: ${String(error)}`];
      }
    }));
    expect(failed).toEqual([]);
  });

  it('has every plural form its language uses', () => {
    const lacking = own.flatMap(([key, text]) => lackingPlurals(text, language).map((form) => `${key}: ${form}`));
    expect(lacking).toEqual([]);
  });
});

describe.each(others)('%s beside English', (language, messages) => {
  it('has at least 99 of 100 keys', () => {
    const missing = keys.filter((key) => messages[key] === undefined);
    expect(1 - missing.length / keys.length, `not in ${language}: ${missing.join(', ')}`).toBeGreaterThanOrEqual(0.99);
  });

  it('has no key that English lacks', () => {
    expect(Object.keys(messages).filter((key) => !(key in en))).toEqual([]);
  });

  it('asks for the same arguments of the same kind', () => {
    const different = (Object.entries(messages) as [MessageKey, string][])
      .filter(([key, text]) => key in en && !sameArguments(en[key], text))
      .map(([key, text]) => `${key}: ${JSON.stringify(argumentsOf(en[key]))} / ${JSON.stringify(argumentsOf(text))}`);
    expect(different).toEqual([]);
  });
});

describe('German', () => {
  const german = catalogues['de'] ?? {};

  it('differs from English, except where the words are the same', () => {
    expect(keys.filter((key) => german[key] === en[key] && !SAME_IN_GERMAN.has(key))).toEqual([]);
  });

  it('has no exception that is none', () => {
    expect([...SAME_IN_GERMAN].filter((key) => german[key] !== en[key])).toEqual([]);
  });

  it('quotes as German does, and says Sie', () => {
    const wrong = (Object.entries(german) as [MessageKey, string][])
      .filter(([, text]) => /”|"|“(?=\p{L})/u.test(text) || (text.match(/„/g)?.length ?? 0) !== (text.match(/“/g)?.length ?? 0) || /\b(du|dein|deine|dich|dir)\b/i.test(text))
      .map(([key, text]) => `${key}: ${text}`);
    expect(wrong).toEqual([]);
  });
});

describe('what the comparison sees', () => {
  it.each([
    ['a missing argument', 'From {number}', 'Von hier'],
    ['an argument of another name', 'From {number}', 'Von {nummer}'],
    ['a plural that became plain text', '{count, plural, one {1 call} other {# calls}}', '{count} Anrufe'],
    ['a number that became text', '{length, number} letters', '{length} Zeichen'],
    ['an argument inside a plural', '{count, plural, one {1} other {# of {all}}}', '{count, plural, one {1} other {#}}'],
  ])('%s', (_what, english, german) => {
    expect(sameArguments(english, german)).toBe(false);
  });

  it.each([
    ['another order', '{a} of {b}', '{b} {a}'],
    ['a plural around more words', '{count, plural, one {1 call} other {# calls}} left', 'noch {count, plural, =0 {keiner} one {1 Anruf} other {# Anrufe}}'],
  ])('%s is the same', (_what, english, german) => {
    expect(sameArguments(english, german)).toBe(true);
  });

  it('a plural that lacks a form of its language', () => {
    expect(lackingPlurals('{count, plural, other {# Anrufe}}', 'de')).toEqual(['count lacks one']);
    expect(lackingPlurals('{count, plural, =1 {1 Anruf} other {# Anrufe}}', 'de')).toEqual([]);
  });
});
