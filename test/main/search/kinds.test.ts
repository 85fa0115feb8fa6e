import { describe, expect, it } from 'vitest';
import type { SearchDoc } from '#shared/domain/search/schema.ts';
import { keysOf, newDesk, product } from './helpers.ts';

/** `count` products of a kind, with names made by `name`. */
const kind = (prefix: string, count: number, category: string[], name: (i: number) => string, text?: string, type?: string): SearchDoc[] =>
  Array.from({ length: count }, (_, i) => product(`${prefix}${i}`, name(i), { category, ...(text === undefined ? {} : { text: [text] }), ...(type === undefined ? {} : { type }) }));

function desk(...docs: SearchDoc[][]): ReturnType<typeof newDesk>['index'] {
  const { index } = newDesk();
  index.apply({ put: docs.flat() });
  return index;
}

const others = [kind('o', 6, ['Home', 'Lamps'], (i) => `Lumeo lamp ${i}`), kind('v', 6, ['Home', 'Vases'], (i) => `Ostara vase ${i}`)];

describe('the kind of product that is asked for', () => {
  it('is not hidden by a coarse type that a whole shop has in common', () => {
    const index = desk(
      kind('n', 8, ['Computers', 'Laptops'], (i) => `Pavo ${i} 15.6" Intel Core i5 8GB 1TB`, undefined, 'HardGood'),
      kind('b', 8, ['Computers', 'Laptop Bags & Cases'], (i) => `Corvo ${i} Laptop Bag`, undefined, 'HardGood'),
      kind('o', 8, ['Home', 'Lamps'], (i) => `Lumeo lamp ${i}`, undefined, 'HardGood'),
    );
    expect(keysOf(index, 'laptop').slice(0, 8).every((key) => key.startsWith('n'))).toBe(true);
    expect(keysOf(index, 'laptop case')[0]).toMatch(/^b/);
  });

  it('takes "A & B parts" for parts of both, and "As & Bs" for both', () => {
    const index = desk(kind('w', 6, ['Washers & Dryers'], (i) => `Hesta ${i} Washer`), kind('p', 6, ['Washer & Dryer Parts'], () => 'Washer Hose'), ...others);
    expect(keysOf(index, 'washer')[0]).toMatch(/^w/);
    expect(keysOf(index, 'washer parts')[0]).toMatch(/^p/);
  });

  it('learns another name of a kind from what is sold for it', () => {
    const index = desk(
      kind('n', 20, ['Notebooks'], (i) => `Pavo ${i} 14" Core i5`),
      kind('l', 2, ['Notebooks'], (i) => `Pavo laptop ${i} 14" Core i5`),
      kind('c', 10, ['Notebook Cases'], (i) => `Corvo ${i} laptop bag`),
      kind('s', 10, ['Notebook Stands'], (i) => `Nimbus ${i} laptop riser`),
      ...others,
    );
    expect(keysOf(index, 'laptop').every((key) => /^[nl]/.test(key))).toBe(true);
    expect(keysOf(index, 'laptop bag')[0]).toMatch(/^c/);
  });

  it('does not take what a text says a thing is for as what it is', () => {
    const index = desk(
      kind('m', 20, ['Mice'], (i) => `Pulse ${i} wireless mouse`, 'Comfortable for work with a laptop. Raise your laptop.'),
      kind('n', 20, ['Notebooks'], (i) => `Pavo ${i} 14" Core i5`, 'This laptop is made for travel.'),
      ...others,
    );
    expect(keysOf(index, 'laptop').every((key) => key.startsWith('n'))).toBe(true);
  });

  it('knows a kind by its initials', () => {
    const index = desk(kind('d', 5, ['Internal Solid State Drives'], (i) => `Quartz ${i} 500 GB M.2`), kind('n', 20, ['Notebooks'], (i) => `Pavo ${i} 256 GB SSD`), ...others);
    expect(keysOf(index, 'ssd')[0]).toMatch(/^d/);
  });

  it('reads the last word of a query as the thing, the words before as what it is for', () => {
    const index = desk(kind('p', 8, ['Printers'], (i) => `Helio ${i} inkjet printer`), kind('i', 8, ['Ink Cartridges'], (i) => `Helio ${i} ink cartridge for printer`), ...others);
    expect(keysOf(index, 'printer ink')[0]).toMatch(/^i/);
    expect(keysOf(index, 'printer')[0]).toMatch(/^p/);
  });

  it('does not take what a name says a thing is for, or what another kind is called by, as what it is', () => {
    const index = desk(
      kind('n', 24, ['Notebooks'], (i) => `Pavo ${i} 14" Core i5`, 'Gaming laptop with a quiet fan.'),
      kind('s', 20, ['Notebook Spare Parts'], (i) => `Tavros ${i} laptop battery`),
      kind('c', 12, ['Notebook Cases'], (i) => `Corvo ${i} sleeve`, 'Carrying case for laptops.'),
      kind('p', 6, ['Power Adapters'], (i) => `Helio ${i} laptop charger`),
      kind('m', 6, ['Phone Chargers'], (i) => `Orion ${i} charger`),
      kind('k', 12, ['Digital Cameras'], (i) => `Sonder ${i} with lens`, 'DSLR with 24 MP.'),
      kind('b', 8, ['Camera Bags'], (i) => `Velda ${i} case for DSLR`),
      ...others,
    );
    for (const text of ['laptop', 'gaming laptop', 'pavo laptop']) expect(keysOf(index, text).every((key) => key.startsWith('n')), text).toBe(true);
    expect(keysOf(index, 'laptop battery')[0]).toMatch(/^s/);
    expect(keysOf(index, 'laptop charger')[0]).toMatch(/^p/);
    expect(keysOf(index, 'dslr').every((key) => key.startsWith('k'))).toBe(true);
  });

  it('is all of a category whose head nothing else has, whatever is named after it', () => {
    const index = desk(kind('m', 12, ['Computer Monitors'], (i) => `Pavo P24${i} LED display`), kind('c', 6, ['VGA Cables'], (i) => `Orion ${i} VGA monitor cable`), kind('s', 6, ['Monitor Mounts'], (i) => `Nimbus ${i} monitor arm`), ...others);
    expect(keysOf(index, 'monitor').every((key) => key.startsWith('m'))).toBe(true);
    expect(keysOf(index, 'monitor arm')[0]).toMatch(/^s/);
  });

  it('is kept when a word before it fits nothing', () => {
    const index = desk(
      kind('u', 6, ['Vacuums'], (i) => `Sonder ${i} upright`),
      kind('d', 12, ['Drills'], (i) => `Ember cordless drill ${i}`),
      kind('r', 6, ['Remote Controls'], (i) => `Helio ${i} remote control`),
      kind('t', 12, ['TVs'], (i) => `Tavros ${i} 4K`, 'Voice remote in the box.'),
      ...others,
    );
    expect(keysOf(index, 'cordless vacuum').slice(0, 6).every((key) => key.startsWith('u'))).toBe(true);
    expect(keysOf(index, 'tv remote').slice(0, 6).every((key) => key.startsWith('r'))).toBe(true);
  });

  it('may be something of what the catalogue names by the word before', () => {
    const index = desk(kind('c', 6, ['Coffee Makers'], (i) => `Ember ${i} 12 cup coffee maker`), kind('w', 6, ['Washing Machines'], (i) => `Hesta ${i} front load washer`), kind('g', 6, ['Coffee Pods'], (i) => `Aurea ${i} coffee pods`), ...others);
    expect(keysOf(index, 'coffee machine')[0]).toMatch(/^[cg]/);
  });
});

describe('words that are cut short, grown or joined', () => {
  it('finds a word whose second half the catalogue only has in the plural, and a letter before a number', () => {
    const index = desk(kind('p', 6, ['Power Banks'], (i) => `Sonder ${i} 10000mAh`), [product('ford', 'Floor mats for Ford F-150'), product('toyota', 'Floor mats for Toyota RAV4')], ...others);
    expect(keysOf(index, 'powerbank 10000mah')[0]).toMatch(/^p/);
    expect(keysOf(index, 'floor mats f150')[0]).toBe('ford');
  });

  it('finds them', () => {
    const index = desk(
      [product('sd', 'Ember 32GB microSDHC memory card'), product('net', 'Orion 2 m networking cable'), product('phones', 'Tempo on-ear headphones'), product('tvs', 'Mount for TVs'), product('jelly', 'Aurea jelly beans'), product('one', 'Lyra jellybeans')],
      ...others,
    );
    expect(keysOf(index, 'micro sd card')[0]).toBe('sd');
    expect(keysOf(index, 'network cable')[0]).toBe('net');
    expect(keysOf(index, 'head phone ')[0]).toBe('phones');
    expect(keysOf(index, 'tv mount')[0]).toBe('tvs');
    expect(new Set(keysOf(index, 'jellybeans ').slice(0, 2))).toEqual(new Set(['jelly', 'one']));
  });

  it('keeps a word that is known before two that only look like what was typed', () => {
    const index = desk([product('cable', 'Orion HDMI cable 2 m'), product('disk', 'Helio HDD 2 TB read fast')], ...others);
    expect(keysOf(index, 'hdmi lead')[0]).toBe('cable');
  });
});

describe('what a thing lacks', () => {
  const gum = [product('free', 'Sugar free mint gum'), product('less', 'Sugarless mint gum'), product('none', 'Mint gum, no added sugar'), product('sans', 'Gum menthe sans sucre')];
  const rest = [product('gluten', 'Gluten free sugar gum with mint'), product('plain', 'Mint gum'), product('zucker', 'Minz Bonbons zuckerfrei'), product('ohne', 'Minz Bonbons ohne Zucker'), product('sweet', 'Minz Bonbons mit Zucker')];
  const index = desk(gum, rest);

  it.each(['mint gum without sugar', 'sugar free mint gum', 'mint gum no sugar', 'sugarless mint gum', 'mint gum sugarfree'])('%s', (text) => {
    expect(new Set(keysOf(index, text).slice(0, 3))).toEqual(new Set(['free', 'less', 'none']));
  });

  it('is said in one word or two', () => {
    expect(new Set(keysOf(index, 'minz bonbons ohne zucker').slice(0, 2))).toEqual(new Set(['zucker', 'ohne']));
    expect(new Set(keysOf(index, 'bonbons zuckerfrei').slice(0, 2))).toEqual(new Set(['zucker', 'ohne']));
  });
});

describe('words that only hold others together', () => {
  it('may be missing, and count when they are there', () => {
    const index = desk([product('tea', 'Lemon tea'), product('with', 'Tea with lemon'), product('other', 'Soup with tea leaves and a lemongrass stalk')], ...others);
    expect(keysOf(index, 'tea with lemon').slice(0, 2)).toEqual(['with', 'tea']);
    expect(index.query({ text: 'the tea of lemon' })).toMatchObject({ nearest: false });
    expect(keysOf(index, 'with')).toContain('with');
  });

  it('tell the thing from what it is for', () => {
    const index = desk(kind('p', 8, ['Phones'], (i) => `Sonder ${i} phone`), kind('c', 8, ['Phone Cases'], (i) => `Velda ${i} case`), ...others, kind('g', 8, ['Games'], (i) => `Orion game ${i} for phone`));
    expect(keysOf(index, 'case for a phone')[0]).toMatch(/^c/);
  });
});
