import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { readModel, UnreadableModelError, writeModel } from '#main/features/suggest/engine/snapshot.ts';
import { createSuggester, type Suggester } from '#main/features/suggest/engine/suggester.ts';
import type { Suggestible } from '#main/features/suggest/engine/types.ts';

const SCRIPTS: Suggestible[] = [
  { id: 'refund', title: 'Refund an order', description: 'The caller wants the money back for something bought.', steps: ['Ask for the order number', 'Say how long the refund takes'] },
  { id: 'late', title: 'Late delivery', description: 'A parcel has not arrived.', steps: ['Look up the parcel', 'Offer a new date'] },
  { id: 'password', title: 'Reset the password', description: 'The caller cannot sign in.', steps: ['Check who is calling', 'Send a link'] },
  { id: 'bill', title: 'Question about a bill', description: 'An amount on the invoice is not understood.', steps: ['Open the invoice', 'Explain each line'] },
];
const make = (model?: Uint8Array): Suggester => createSuggester({ scripts: SCRIPTS, ...(model ? { model } : {}) });
const first = (suggester: Suggester, text: string): string | undefined => suggester.suggest(text).items[0]?.id;
const scores = (suggester: Suggester, text: string): Record<string, number> =>
  Object.fromEntries(suggester.suggest(text, { limit: 99 }).items.map(({ id, score }) => [id, score]));

function expectSame(one: Record<string, number>, other: Record<string, number>, by = 0.01): void {
  expect(Object.keys(one).sort()).toEqual(Object.keys(other).sort());
  for (const [id, score] of Object.entries(one)) expect(Math.abs(score - other[id]!), id).toBeLessThan(by);
}

describe('a desk that has learned nothing', () => {
  it.each([
    ['I want my money back', 'refund'], ['my parcel is late', 'late'], ['cannot sign in, forgot password', 'password'], ['what is this on my invoice', 'bill'],
  ])('%s → %s', (text, id) => expect(first(make(), text)).toBe(id));

  it('finds it through slips of the keyboard, and names the words as they were typed', () => {
    const { items } = make().suggest('my pracel has not arived');
    expect(items[0]?.id).toBe('late');
    expect(items[0]?.because).toContain('pracel');
  });
  it('names telling words only', () => {
    expect(make().suggest('hello I would like a refund please').items[0]?.because).toEqual(['refund']);
  });
  it('keeps quiet when nothing was said or nothing fits', () => {
    expect(make().suggest('').none).toBe(true);
    expect(make().suggest('  ?! ').none).toBe(true);
    expect(make().suggest('zxqv wwkjh').none).toBe(true);
    expect(make().suggest('refund').none).toBe(false);
  });
  it('example phrases shipped with a pack count from the first call', () => {
    const shipped = createSuggester({ scripts: [...SCRIPTS, { id: 'move', title: 'Relocation', examples: ['I am moving house'] }] });
    expect(first(shipped, 'we are moving house in May')).toBe('move');
  });
});

describe('learning', () => {
  it('puts what the caller says with the script that was used', () => {
    const desk = make();
    expect(first(desk, 'the telly went dark')).not.toBe('bill');
    desk.learn('my telly went dark', 'bill');
    expect(desk.suggest('the telly went dark').items[0]).toMatchObject({ id: 'bill', because: expect.arrayContaining(['telly', 'dark']) as string[] });
  });
  it('trusts a free choice more than an accepted suggestion, and a correction most', () => {
    const after = (source: 'accepted' | 'chosen' | 'correction'): number => {
      const desk = make();
      desk.learn('the gizmo hums', 'bill', { source });
      return scores(desk, 'the gizmo hums')['bill']!;
    };
    expect(after('chosen')).toBeGreaterThan(after('accepted'));
    expect(after('correction')).toBeGreaterThan(after('chosen'));
  });
  it('a text learned as none of them keeps the desk quiet', () => {
    const desk = make();
    const before = desk.suggest('refund me a joke').strength;
    desk.learn('refund me a joke', null);
    expect(desk.suggest('refund me a joke').strength).toBeLessThan(before - 0.3);
    expect(desk.suggest('refund me a joke').none).toBe(true);
  });
  it('the same name twice replaces the example: the wrong wrap-up leaves no trace', () => {
    const desk = make();
    desk.learn('the gizmo hums', 'bill', { exampleId: 'call-1' });
    desk.learn('the gizmo hums', 'late', { exampleId: 'call-1', source: 'correction' });
    const clean = make();
    clean.learn('the gizmo hums', 'late', { exampleId: 'call-1', source: 'correction' });
    for (const one of [desk, clean]) one.settle(50);
    expectSame(scores(desk, 'the gizmo hums'), scores(clean, 'the gizmo hums'));
  });
  it('ignores an unknown script and an empty text', () => {
    const desk = make();
    desk.learn('something', 'not-there');
    desk.learn(' ', 'bill');
    expect(desk.examples()).toEqual([]);
  });
  it('never keeps a number', () => {
    const desk = make();
    desk.learn('card 4111 1111 1111 1111 call me on 0171-555', 'bill');
    expect(desk.examples()[0]?.text).toBe('card 0 0 0 0 call me on 0 0');
    expect(JSON.stringify(readModel(desk.snapshot()))).not.toMatch(/4111|0171|555/);
  });
  it('refuses the names it uses itself', () => {
    expect(() => make().learn('x', 'bill', { exampleId: '@title:bill' })).toThrow();
    expect(make().unlearn('@title:bill')).toBe(false);
  });
});

const WORDS = ['parcel', 'late', 'refund', 'money', 'bill', 'invoice', 'gizmo', 'hums', 'password', 'why', 'my', 'login', 'charged', 'twice'];
const anyExample = fc.record({
  text: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }).map((list) => list.join(' ')),
  id: fc.constantFrom('refund', 'late', 'password', 'bill', null),
});

describe('reversibility', () => {
  it('any examples learned and taken out again leave what would have been without them', () => {
    fc.assert(fc.property(fc.array(anyExample, { maxLength: 8 }), fc.array(anyExample, { minLength: 1, maxLength: 5 }), (kept, taken) => {
      const desk = make();
      const plain = make();
      const names = taken.map(({ text, id }) => desk.learn(text, id));
      for (const { text, id } of kept) {
        desk.learn(text, id, { exampleId: `k${desk.examples().length}` });
        plain.learn(text, id, { exampleId: `k${plain.examples().length}` });
      }
      for (const name of names) expect(desk.unlearn(name)).toBe(true);
      for (const one of [desk, plain]) one.settle(200);
      expect(desk.examples().map(({ text }) => text)).toEqual(plain.examples().map(({ text }) => text));
      for (const text of ['my parcel is late', 'charged twice', 'gizmo']) expectSame(scores(desk, text), scores(plain, text), 0.02);
    }), { numRuns: 20 });
  });
  it('the order of the calls does not matter', () => {
    fc.assert(fc.property(fc.array(anyExample, { minLength: 2, maxLength: 8 }), (list) => {
      const one = make();
      const other = make();
      for (const { text, id } of list) one.learn(text, id);
      for (const { text, id } of list.toReversed()) other.learn(text, id);
      for (const desk of [one, other]) desk.settle(200);
      expectSame(scores(one, 'my bill is late'), scores(other, 'my bill is late'), 0.02);
    }), { numRuns: 12 });
  });
  it('says so when there is nothing to take out', () => expect(make().unlearn('nope')).toBe(false));
});

describe('scripts that come and go', () => {
  it('a script that is gone is not suggested; when it returns, what was learned is there', () => {
    const desk = make();
    desk.learn('the gizmo hums', 'bill');
    desk.setScripts(SCRIPTS.filter((script) => script.id !== 'bill'));
    expect(desk.suggest('the gizmo hums', { limit: 9 }).items.map((item) => item.id)).not.toContain('bill');
    desk.setScripts(SCRIPTS);
    expect(first(desk, 'the gizmo hums')).toBe('bill');
  });
  it('an example for a script that is away waits for it', () => {
    const desk = make();
    desk.setScripts(SCRIPTS.slice(0, 3));
    desk.learn('the gizmo hums', 'bill');
    desk.setScripts(SCRIPTS);
    expect(first(desk, 'the gizmo hums')).toBe('bill');
  });
  it('a changed title is known at once and keeps the calls', () => {
    const desk = make();
    desk.learn('the gizmo hums', 'bill');
    desk.setScripts(SCRIPTS.map((script) => (script.id === 'bill' ? { ...script, title: 'Humidifier trouble' } : script)));
    expect(first(desk, 'humidifier')).toBe('bill');
    expect(first(desk, 'the gizmo hums')).toBe('bill');
  });
});

describe('the stored model', () => {
  const taught = (): Suggester => {
    const desk = make();
    desk.learn('the gizmo hums', 'bill');
    desk.learn('gizmo parcel', 'late');
    desk.learn('tell me a joke', null);
    return desk;
  };
  const questions = ['the gizmo hums', 'my parcel', 'joke', 'refund'];

  it('answers the same after saving and loading, and can still be unlearned', () => {
    const desk = taught();
    const again = make(desk.snapshot());
    for (const text of questions) expectSame(scores(again, text), scores(desk, text), 1e-4);
    expect(again.examples()).toEqual(desk.examples());
    expect(again.learn('another', 'late')).not.toBe('e1');
    expect(again.unlearn('e1')).toBe(true);
    expect(first(again, 'the gizmo hums')).not.toBe('bill');
  });
  it('holds when scripts changed in between', () => {
    const again = createSuggester({ scripts: [{ ...SCRIPTS[3]!, title: 'Humidifier trouble' }, SCRIPTS[0]!], model: taught().snapshot() });
    expect(first(again, 'the gizmo hums')).toBe('bill');
    expect(first(again, 'humidifier')).toBe('bill');
    expect(again.suggest('gizmo parcel', { limit: 9 }).items.map((item) => item.id).sort()).toEqual(['bill', 'refund']);
    again.setScripts(SCRIPTS);
    expect(first(again, 'gizmo parcel')).toBe('late');
  });
  it('of another version is learned anew from its texts', () => {
    const desk = taught();
    const old = writeModel({ ...readModel(desk.snapshot()), version: 0 });
    expect(first(make(old), 'the gizmo hums')).toBe('bill');
    expect(make(old).examples().map(({ text }) => text)).toEqual(desk.examples().map(({ text }) => text));
  });
  it('refuses bytes that are no model, cut short or damaged', () => {
    const bytes = taught().snapshot();
    expect(() => make(new Uint8Array(3))).toThrow(UnreadableModelError);
    expect(() => make(new TextEncoder().encode('not a model at all'))).toThrow(UnreadableModelError);
    expect(() => make(bytes.slice(0, bytes.length - 4))).toThrow(UnreadableModelError);
    const damaged = bytes.slice();
    damaged.fill(0xff, 12, 60);
    expect(() => make(damaged)).toThrow(UnreadableModelError);
  });
});

describe('limits', () => {
  it('keeps sixty examples of a script at work; one taken out lets another in', () => {
    const desk = make();
    const sounds = ['ba', 'ko', 'mi', 'tu', 're', 'lo', 'sa', 'ni'];
    const text = (i: number): string => `${sounds[i % 8]}${sounds[(i >> 3) % 8]}${sounds[(i * 5) % 8]} gizmo`;
    for (let i = 0; i < 70; i += 1) desk.learn(text(i), 'bill', { exampleId: `c${i}` });
    const working = (): string[] => readModel(desk.snapshot()).examples.filter((one) => one.slot !== -1 && one.id.startsWith('c')).map((one) => one.id);
    expect(working()).toHaveLength(59);
    expect(desk.examples()).toHaveLength(70);
    desk.unlearn(working()[0]!);
    expect(working()).toHaveLength(59);
    expect(desk.examples()).toHaveLength(69);
  });
  it('no text, however odd, throws', () => {
    const desk = make();
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 })), (text) => {
      desk.suggest(text);
      desk.unlearn(desk.learn(text, 'bill'));
    }), { numRuns: 150 });
    expect(desk.suggest('a'.repeat(1_000_000)).items).toHaveLength(3);
  });
  it('other languages and writing systems are learned too', () => {
    const desk = make();
    desk.learn('mein Paket ist beschädigt angekommen', 'refund');
    desk.learn('荷物が届かない', 'late');
    expect(first(desk, 'beschaedigtes Paket, beschädigte Ware')).toBe('refund');
    expect(first(desk, '荷物がまだ届かない')).toBe('late');
  });
});
