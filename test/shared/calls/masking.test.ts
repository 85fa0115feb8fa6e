import { describe, expect, it } from 'vitest';
import { passesLuhn } from '#shared/domain/calls/card-numbers.ts';
import { digitRuns } from '#shared/domain/calls/digit-runs.ts';
import { isUsablePattern, MASK_PRESETS, maskData, maskText } from '#shared/domain/calls/masking.ts';
import { effort } from '#test/helpers/effort.ts';
import { seeded } from '#test/helpers/seeded.ts';
import { cardNumber, cardShapes, lookAlikes } from './card-strings.ts';

/** Digits of a text in order, words of dictation included. */
const digitsOf = (text: string): string => digitRuns(text).flat().map((group) => group.digits).join('');

describe('card numbers', () => {
  it('are masked in every shape: 6,000 generated ones', () => {
    const next = seeded(20_260_107);
    const missed: string[] = [];
    for (let n = 0; n < 6_000; n += 1) {
      const digits = cardNumber(next);
      const shapes = cardShapes(digits, next);
      const shape = shapes[n % shapes.length] ?? '';
      const text = `paid with ${shape} today`;
      const { text: masked } = maskText(text);
      const left = digitsOf(masked);
      if (!left.startsWith(digits.slice(0, 6)) || left.length > 10) missed.push(shape);
    }
    expect(missed).toEqual([]);
  });

  it('leave 6,000 look-alikes alone in at least 99.5 of 100', () => {
    const next = seeded(4_711);
    const changed: string[] = [];
    for (let n = 0; n < 6_000; n += 1) {
      const all = lookAlikes(next);
      const text = all[n % all.length] ?? '';
      if (maskText(text).text !== text) changed.push(text);
    }
    expect(changed.length / 6_000).toBeLessThanOrEqual(0.005);
  });

  it.each([
    ['4111 1111 1111 1111', '4111 11** **** 1111'],
    ['4111-1111-1111-1111', '4111-11**-****-1111'],
    ['4111.1111.1111.1111', '4111.11**.****.1111'],
    ['4111111111111111', '411111******1111'],
    ['3782 822463 10005', '3782 82**** *0005'],
    ['4111\n1111\n1111\n1111', '4111\n11**\n****\n1111'],
    ['4111 then 1111, 1111 and 1111', '4111 then 11**, **** and 1111'],
    ['4111 1111 1111 1111 123', '4111 11** **** 1111 ***'],
    ['4111 1111 1111 1111 12/27 123', '4111 11** **** 1111 12/27 ***'],
    ['4111 1111 1111 1111, exp 12/27, cvv: 123', '4111 11** **** 1111, exp 12/27, cvv: ***'],
    ['cvc 1 2 3', 'cvc * * *'],
    ['Prüfziffer ist 4711', 'Prüfziffer ist ****'],
    ['４１１１ １１１１ １１１１ １１１１', '４１１１ １１** **** １１１１'],
    ['ref 22 card 5555555555554444 ok 10', 'ref 22 card 555555******4444 ok 10'],
  ])('%j becomes %j', (text, masked) => {
    expect(maskText(text).text).toBe(masked);
  });

  it('are masked when dictated in words', () => {
    const spoken = 'four one one one, one one one one, one one one one, one one double one';
    const masked = maskText(spoken).text;
    expect(digitsOf(masked).length).toBeLessThanOrEqual(10);
    expect(masked.startsWith('four one one one')).toBe(true);
  });

  it('mask the same way twice', () => {
    const next = seeded(9);
    for (let n = 0; n < 300; n += 1) {
      const once = maskText(cardShapes(cardNumber(next), next)[n % 8] ?? '').text;
      expect(maskText(once).text).toBe(once);
    }
  });

  it('keep the length of typed text, so that the caret stays where it is', () => {
    const text = 'card 4111 1111 1111 1111 cvv 123 end';
    expect(maskText(text).text).toHaveLength(text.length);
  });

  it('right behind each other are both masked, however they were dictated: 2,000 pairs', () => {
    const next = seeded(77);
    const missed: string[] = [];
    for (let n = 0; n < 2_000; n += 1) {
      const [first, second] = [cardNumber(next), cardNumber(next)];
      const text = `${cardShapes(first, next)[n % 8] ?? ''} ${cardShapes(second, next)[n % 8] ?? ''}`;
      if (digitsOf(maskText(text).text).length > 20) missed.push(text);
    }
    expect(missed).toEqual([]);
  });

  it('beyond the first card of a text are masked as well', () => {
    expect(maskText('4111111111111111 or 5555 5555 5555 4444').masked).toBe(2);
  });
});

it('takes no more time over text made to take time than its length asks for', () => {
  const hostile = ['4 1 1 1 '.repeat(6_250), '4111 '.repeat(10_000), '1'.repeat(50_000), '4-'.repeat(25_000), '1 then and '.repeat(4_500), '4111 1111 1111 1111, '.repeat(2_300), `${'order '.repeat(8_000)}4111111111111111`];
  for (const text of hostile) {
    const part = text.slice(0, text.length / 8);
    const eight = effort(() => {
      for (let at = 0; at < 8; at += 1) maskText(part, { caret: part.length });
    }, 3);
    // Eight times as long is eight times as much; where each character looks at all others it is sixty-four times. 40: the grain of the clock.
    expect(effort(() => void maskText(text, { caret: text.length }), 3), text.slice(0, 20)).toBeLessThan(eight * 4 + 40);
  }
});

describe('while typing', () => {
  it('hides a number that is becoming a card, and gives it back when it is none', () => {
    expect(maskText('pay 4111 1111 1111 1', { caret: 20 }).text).toBe('pay 4111 11** **** *');
    expect(maskText('pay 4111 1111 1111 1').text).toBe('pay 4111 1111 1111 1');
    expect(maskText('pay 4111 1111 11', { caret: 16 }).text).toBe('pay 4111 1111 11');
  });
  it('at the caret are stored hidden and shown as typed: an article number in the making is not destroyed', () => {
    const typed = 'kettle 400638133393';
    const result = maskText(typed, { caret: typed.length });
    expect(result).toMatchObject({ text: 'kettle 400638******', shown: typed, held: 1, masked: 1 });
    const both = maskText(`4111 1111 1111 1111, then ${typed}`, { caret: 26 + typed.length });
    expect(both).toMatchObject({ held: 1, masked: 2, shown: `4111 11** **** 1111, then ${typed}` });
  });
  it('of which thirteen digits pass the check by chance are not taken for whole while they may grow', () => {
    // 13 digits of a Visa number that happen to pass Luhn: masked as a card of their own, the last three would follow in clear.
    const typed = '4222222222222';
    expect(maskText(typed).text).toBe('422222***2222');
    expect(maskText(typed, { caret: 13 })).toMatchObject({ text: '422222*******', shown: typed, held: 1 });
  });
  it('does not touch numbers the caret has left, telephone numbers, or labelled ones', () => {
    for (const text of ['order 411111111111 is late', '+41 11 11 11 11 11 11', 'order no. 411111111111']) {
      expect(maskText(text, { caret: text.length }).text).toBe(text);
    }
  });
});

describe('other data', () => {
  it('follows patterns of the organisation and survives bad ones', () => {
    const patterns = [MASK_PRESETS['iban']!, MASK_PRESETS['us-ssn']!, { id: 'bad', pattern: '(' }];
    expect(maskText('IBAN DE89 3704 0044 0532 0130 00, SSN 123-45-6789', { patterns }).text).toBe('IBAN **** **** **** **** ***0 00, SSN ***-**-6789');
    expect([isUsablePattern('('), isUsablePattern('a*'), isUsablePattern('K-[0-9]{6}')]).toEqual([false, false, true]);
  });

  it('masks texts anywhere in plain data, without breaking it', () => {
    expect(maskData({ a: ['4111111111111111', 4_111_111_111_111_111, 12], b: null, c: true })).toEqual({ a: ['411111******1111', '411111******1111', 12], b: null, c: true });
  });
});

it('computes the check digit as the standard does', () => {
  expect(['79927398713', '4111111111111111', '378282246310005'].every(passesLuhn)).toBe(true);
  expect(['79927398710', '4111111111111112', ''].some(passesLuhn)).toBe(false);
});
