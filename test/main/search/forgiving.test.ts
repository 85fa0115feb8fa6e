import { beforeAll, describe, expect, it } from 'vitest';
import { searchAnswerSchema } from '#shared/domain/search/schema.ts';
import { keysOf, newDesk, product } from './helpers.ts';

const { index } = newDesk();

beforeAll(() => {
  const put = [
    product('washer', 'Brennholm Waschmaschine W7, 7 kg', { brand: 'Brennholm', category: ['Haushalt', 'Waschmaschinen'] }),
    product('phone', 'Sony Xperia 5 smartphone, 128 GB', { brand: 'Sony', price: 700, category: ['Phones', 'Smartphones'] }),
    product('case', 'Hard case for Sony Xperia 5', { price: 12, category: ['Accessories', 'Phone cases'] }),
    product('phones', 'Headphones WH-1000XM4, black', { brand: 'Sony', model: 'WH-1000XM4', codes: ['0123456789012'], price: 250 }),
    product('chicken', 'Hähnchenbrust süß-sauer, 1,5 kg'),
    product('street', 'Straßenkarte Österreich'),
    product('corn', 'Popcorn salted'),
    product('nut', 'Honey nut cereal'),
    product('tv', 'Vistrane 50" television 4K', { brand: 'Vistrane', price: 499.99 }),
    product('wine', 'Vino de la Peña, 75 cl'),
    product('tea', 'Чай зелёный листовой'),
    product('oil', 'Ελαιόλαδο εξαιρετικό'),
    product('rice', 'बासमती चावल'),
    product('switch', '任天堂スイッチ 本体'),
    product('photo', 'Photograph frame, oak'),
    product('camera', 'Compact camera with case'),
  ];
  index.apply({ put });
  index.apply({ put: [{ kind: 'script', key: 'refund', fields: { title: 'Refund for a damaged item', keywords: ['money back'] } }] });
});

describe('one word away from what was meant', () => {
  it.each([
    ['typo', 'xperai', 'phone'], ['missing letter', 'televison', 'tv'], ['sound-alike', 'fotograf', 'photo'], ['prefix', 'telev', 'tv'], ['prefix with a slip', 'waschmachi', 'washer'],
    ['joined', 'honeynut', 'nut'], ['split', 'pop corn', 'corn'], ['word order', 'xperia sony', 'phone'], ['plural', 'televisions', 'tv'], ['umlaut as ae', 'haehnchenbrust', 'chicken'],
    ['umlaut dropped', 'hahnchenbrust', 'chicken'], ['umlaut typed', 'hähnchenbrust', 'chicken'], ['sharp s', 'strassenkarte', 'street'], ['enye', 'pena', 'wine'], ['Cyrillic', 'зеленый', 'tea'],
    ['Cyrillic slip', 'зленый', 'tea'], ['Greek', 'ελαιολαδο', 'oil'], ['Devanagari', 'चावल', 'rice'], ['Devanagari prefix', 'बासम', 'rice'], ['Japanese', 'スイッチ', 'switch'],
    ['size, other spelling', '50 inch', 'tv'], ['size, other unit', '127cm', 'tv'], ['litres', '0,75l', 'wine'], ['kilograms', '1500 g', 'chicken'],
    ['two slips', 'hedphoens', 'phones'], ['keyword', 'money back', 'refund'],
  ])('%s: %s', (_what, text, key) => expect(keysOf(index, text)[0]).toBe(key));
});

describe('words written as they are heard', () => {
  // Beside each stands a word that is fewer letters away: only the sound says which is meant.
  const shop = newDesk();
  const names = { quick: 'Quick porridge', klik: 'Klik cereal', onion: 'Onion rings', union: 'Anion bread', honey: 'Honey spread', bunny: 'Bunny lollipop', haricots: 'Haricots verts', lettuce: 'Lettuce hearts', phone: 'Phone holder', fond: 'Fonz sauce', berries: 'Strawberries in jam', shampoo: 'Shampoo mild' };

  beforeAll(() => shop.index.apply({ put: Object.entries(names).map(([key, name]) => product(key, name)) }));

  it.each([['kwik ', 'quick'], ['unyon ', 'onion'], ['hunny ', 'honey'], ['aricots ', 'haricots'], ['lettus ', 'lettuce'], ['fone ', 'phone'], ['strawberrys ', 'berries'], ['shampu ', 'shampoo']])('%s', (text, key) => expect(keysOf(shop.index, text)[0]).toBe(key));
});

describe('the first letters of a last word', () => {
  it('choose among what has the other words, and never drown them', () => {
    const shop = newDesk();
    const others = Array.from({ length: 700 }, (_, i) => product(`c${i}`, `Cola crate ${i}`));
    shop.index.apply({ put: [product('whelks', 'Bulots cuits'), product('size', 'Huile de colza 1l'), product('bottle', 'Huile de noix'), ...others] });
    expect(keysOf(shop.index, 'bulots c')).toEqual(['whelks']);
    expect(keysOf(shop.index, 'huile 1l')[0]).toBe('size');
  });
});

describe('codes', () => {
  it.each([
    ['separators', 'wh 1000 xm4'], ['none', 'wh1000xm4'], ['others', 'WH.1000/XM4'], ['ean', '0123456789012'], ['ean without its zero', '123456789012'], ['ean with dashes', '0-123456-789012'],
    ['last digits', '9012'], ['beginning', '0123456789'], ['wrong check digit', '0123456789013'], ['swapped digits', '0123457689012'], ['longer model', 'WH-1000XM4B'],
  ])('%s: %s', (_what, text) => expect(keysOf(index, text)[0]).toBe('phones'));
});

describe('a barcode with a slip', () => {
  // Barcodes of one maker share their beginning: the slip must be found among hundreds of neighbours.
  const shop = newDesk();

  beforeAll(() => {
    const endings = Array.from({ length: 300 }, (_, i) => String(300 + i)).filter((ending) => !/[69]5$/.test(ending));
    shop.index.apply({ put: [product('meant', 'Lumeo lamp', { codes: ['4006381002965'] }), ...endings.map((ending) => product(`p${ending}`, 'Lumeo desk', { codes: [`4006381002${ending}`] }))] });
  });

  it.each([['wrong', '4006381002865'], ['swapped', '4006381002695'], ['missing', '400638100295'], ['added', '40063810029965']])('%s digit: %s', (_what, text) => expect(keysOf(shop.index, text)[0]).toBe('meant'));
});

describe('kinds of things', () => {
  it('puts the thing before what is for it', () => {
    expect(keysOf(index, 'sony xperia 5')).toEqual(expect.arrayContaining(['phone', 'case']));
    expect(keysOf(index, 'sony xperia 5')[0]).toBe('phone');
    expect(keysOf(index, 'case for xperia')[0]).toBe('case');
    expect(keysOf(index, 'xperia 5 case')[0]).toBe('case');
  });

  it('filters by words in the query', () => {
    expect(keysOf(index, 'sony <300 >20')).toEqual(['phones']);
    expect(keysOf(index, 'brand:sony 5')[0]).toBe('phone');
    expect(keysOf(index, 'xperia in:accessories')).toEqual(['case']);
    expect(keysOf(index, 'tv <499.99')).not.toContain('phone');
    expect(keysOf(index, 'kind:script refund')).toEqual(['refund']);
    expect(new Set(keysOf(index, 'in:phones'))).toEqual(new Set(['phone', 'case']));
  });
});

describe('explanations', () => {
  it('marks what matched and says why', () => {
    const hit = index.query({ text: 'hedphones' }).hits[0];
    expect(hit?.matches[0]).toMatchObject({ field: 'title', reason: 'typo', ranges: [[0, 10]] });
    const prefix = index.query({ text: 'telev' }).hits[0]?.matches[0];
    expect(prefix?.text.slice(...(prefix.ranges[0] ?? [0, 0]))).toBe('telev');
    const code = index.query({ text: '0123456789012' }).hits[0]?.matches.find((match) => match.reason === 'code');
    expect(code?.text.slice(...(code.ranges[0] ?? [0, 0]))).toContain('123456789012');
  });

  it('answers in the shape the contract promises', () => {
    for (const text of ['sony', 'wh1000', 'zzzzzz', '', 'brand:sony', 'honeynut']) expect(() => searchAnswerSchema.parse(index.query({ text }))).not.toThrow();
  });

  it('says when a hit is only the nearest', () => {
    expect(index.query({ text: 'sony zzzzzzzzzz' })).toMatchObject({ nearest: true });
    expect(index.query({ text: 'sony' })).toMatchObject({ nearest: false, complete: true });
  });
});

describe('which correction', () => {
  const shop = newDesk();

  beforeAll(() => {
    const put = [
      product('salad', 'Salade vigneronne'), product('slae', 'Slae dressing'), product('terrine', 'Terrine vigneronne'), product('araignee', 'Araignee vigneronne'),
      product('chilli', 'Hot chilli ketchup'), product('chili1', 'Hot chili ketchup'), product('chili2', 'Hot chili ketchup'), product('chili3', 'Hot chili ketchup'),
      product('disk', 'Serial disk 1 TB', { text: ['An HDD that is fast to read'] }), product('cable', 'HDMI cable 2 m'), product('battery', 'Lead battery'),
    ];
    shop.index.apply({ put });
  });

  // A short word that happens to be in the catalogue was once doubted by one slip only.
  it('finds a short word without two of its letters although somebody uses what is left', () => expect(keysOf(shop.index, 'slae vigneronne')[0]).toBe('salad'));

  // The more common word once won whatever it took to get there.
  it('prefers the word that keeps every letter typed', () => expect(keysOf(shop.index, 'hot chlli ketchup')[0]).toBe('chilli'));

  it('does not hold a document together by guesses about short known words', () => expect(shop.index.query({ text: 'hdmi lead' })).toMatchObject({ nearest: true }));
});
