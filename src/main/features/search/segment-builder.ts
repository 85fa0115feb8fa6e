import { canonicalCode, codesInWords, packCode, reversed } from '#shared/domain/search/codes.ts';
import type { SearchDoc, SearchKind } from '#shared/domain/search/schema.ts';
import { FOR_WORDS, hasDigit, scanWords, type WordSpan } from '#shared/domain/search/text.ts';
import { measuresIn } from '#shared/domain/search/units.ts';
import { hash53, NumberList } from './bytes.ts';
import { FIELD, STORED_BLOCK } from './tables.ts';

/** What the index keeps of a document to show and to highlight it. Short keys: one per document on disk. */
export type StoredDoc = {
  k: SearchKind;
  id: string;
  t: string;
  /** Subtitle, brand, model, category path with type, codes, keywords. */
  s?: string;
  b?: string;
  m?: string;
  c?: readonly string[];
  n?: readonly string[];
  w?: readonly string[];
};

/** Per-document columns. Prices in major units, NaN when unknown; instants 0 when open. */
export type DocColumns = { kind: number; category: number; price: number; validFrom: number; validUntil: number; target: number };

/** Everything a segment is made of, in memory, terms still unsorted. */
export type SegmentDraft = {
  terms: string[];
  /** Blocks of stored documents handed out so far. */
  blocks: number;
  categories: string[];
  targets: { teams: string[]; queues: string[] }[];
  columns: DocColumns[];
  forward: NumberList;
  forwardEnds: NumberList;
  /** Terms of long texts, per document: number of the term, then one bit for "aside". */
  text: NumberList;
  textEnds: NumberList;
  codes: { digits: CodeList; mixed: CodeList };
  keys: CodeList;
};

/** Pairs of a sortable number and a document. */
export type CodeList = { keys: number[]; reversed: number[]; docs: NumberList };

const KIND_NUMBER: Readonly<Record<SearchKind, number>> = { product: 0, script: 1, article: 2, prompt: 3, announcement: 4 };
export const KIND_OF: readonly SearchKind[] = ['product', 'script', 'article', 'prompt', 'announcement'];

const emptyCodes = (): CodeList => ({ keys: [], reversed: [], docs: new NumberList() });

/** The place of a document in the key table. */
export function keyHash(kind: SearchKind, key: string): number {
  return hash53(`${kind}\u0000${key}`);
}

/** Collects documents for one segment. */
export class SegmentBuilder {
  readonly draft: SegmentDraft = {
    terms: [], blocks: 0, categories: [], targets: [], columns: [],
    forward: new NumberList(512), forwardEnds: new NumberList(), text: new NumberList(1_024), textEnds: new NumberList(),
    codes: { digits: emptyCodes(), mixed: emptyCodes() }, keys: emptyCodes(),
  };
  readonly #termIds = new Map<string, number>();
  readonly #categoryIds = new Map<string, { id: number; terms: number[] }>();
  readonly #targetIds = new Map<string, number>();
  #codesOfDoc = new Set<string>();
  #block: string[] = [];
  readonly #emitBlock: (block: number, data: Uint8Array) => void;

  /** @param emitBlock takes stored documents away as soon as a block is full */
  constructor(emitBlock: (block: number, data: Uint8Array) => void) {
    this.#emitBlock = emitBlock;
  }

  get docs(): number {
    return this.draft.columns.length;
  }

  /** Terms held so far, names and texts: what the memory of the build depends on. */
  get size(): number {
    return this.draft.forward.length + this.draft.text.length;
  }

  /** The number of a term inside this draft. */
  termId(term: string): number {
    const known = this.#termIds.get(term);
    if (known !== undefined) return known;
    const id = this.draft.terms.length;
    this.draft.terms.push(term);
    this.#termIds.set(term, id);
    return id;
  }

  /** Adds a document and returns its number. */
  add(doc: SearchDoc): number {
    const { fields } = doc;
    const number = this.docs;
    this.#codesOfDoc = new Set();
    this.#name(fields.title, FIELD.title, number);
    if (fields.brand !== undefined) this.#name(fields.brand, FIELD.brand, number);
    if (fields.model !== undefined) {
      this.#name(fields.model, FIELD.model, number);
      this.#code(fields.model, number);
    }
    const category = this.#category(fields.category, fields.type);
    for (const word of fields.keywords ?? []) this.#words(word, FIELD.keywords);
    for (const code of fields.codes ?? []) this.#code(code, number);
    if (doc.kind === 'product') this.#code(doc.key, number);
    for (const text of fields.text ?? []) this.#text(text);
    this.close(doc.kind, doc.key, JSON.stringify(storedOf(doc)), {
      kind: KIND_NUMBER[doc.kind], category, price: doc.price ?? Number.NaN, validFrom: doc.validFrom ?? 0, validUntil: doc.validUntil ?? 0,
      target: this.target(doc.targets?.teams ?? [], doc.targets?.queues ?? []),
    });
    return number;
  }

  /** Ends the document whose terms have been added. */
  close(kind: SearchKind, key: string, stored: string, columns: DocColumns): void {
    const number = this.docs;
    this.#block.push(stored);
    if (this.#block.length === STORED_BLOCK) this.flushStored();
    this.draft.keys.keys.push(keyHash(kind, key));
    this.draft.keys.docs.push(number);
    this.draft.columns.push(columns);
    this.draft.forwardEnds.push(this.draft.forward.length);
    this.draft.textEnds.push(this.draft.text.length);
  }

  /** Hands out the last, short block. */
  flushStored(): void {
    if (this.#block.length === 0) return;
    this.#emitBlock(this.draft.blocks++, Buffer.from(this.#block.join('\n')));
    this.#block = [];
  }

  /** Number of an audience, 0 for everybody. */
  target(teams: readonly string[], queues: readonly string[]): number {
    if (teams.length === 0 && queues.length === 0) return 0;
    const target = { teams: [...teams], queues: [...queues] };
    const name = JSON.stringify(target);
    const known = this.#targetIds.get(name);
    if (known !== undefined) return known;
    this.draft.targets.push(target);
    this.#targetIds.set(name, this.draft.targets.length);
    return this.draft.targets.length;
  }

  /** Number of a category path, 0 for none; adds no terms to the document. */
  categoryId(path: string): number {
    if (path === '') return 0;
    const known = this.#categoryIds.get(path);
    if (known !== undefined) return known.id;
    this.draft.categories.push(path);
    const terms: number[] = [];
    scanWords(path, (term) => terms.push(this.termId(term)));
    this.#categoryIds.set(path, { id: this.draft.categories.length, terms: [...new Set(terms)] });
    return this.draft.categories.length;
  }

  #category(path: readonly string[] | undefined, type: string | undefined): number {
    if (path === undefined && type === undefined) return 0;
    const name = [...(path ?? []), ...(type === undefined || path?.at(-1) === type ? [] : [type])].join(CATEGORY_JOIN);
    const id = this.categoryId(name);
    for (const term of this.#categoryIds.get(name)?.terms ?? []) this.draft.forward.push((term << 3) | FIELD.category);
    return id;
  }

  #words(text: string, field: number): void {
    scanWords(text, (term) => this.draft.forward.push((this.termId(term) << 3) | field));
  }

  /** Words of a long text. What follows a "for" or a "your" is about other things. */
  #text(text: string): void {
    let aside = 0;
    let before = 0;
    scanWords(text, (term, start, end) => {
      if (aside > 0 && STOP.test(text.slice(before, start))) aside = 0;
      before = end;
      this.draft.text.push((this.termId(term) << 1) | (aside > 0 ? 1 : 0));
      if (FOR_WORDS.has(term)) aside = CLAUSE;
      else if (YOURS.has(term)) aside = Math.max(aside, 2);
      else if (aside > 0) aside--;
    });
  }

  /** Words of a name, its measures, and the codes written inside it. */
  #name(text: string, field: number, number: number): void {
    let numbers = false;
    scanWords(text, (term) => {
      if (!numbers && hasDigit(term)) numbers = true;
      this.draft.forward.push((this.termId(term) << 3) | field);
    });
    if (numbers) this.#numbers(text, number);
  }

  #numbers(text: string, number: number): void {
    const spans: WordSpan[] = [];
    scanWords(text, (term, start, end, joined) => spans.push({ term, start, end, joined }));
    for (const measure of measuresIn(text, spans)) this.draft.forward.push((this.termId(measure.term) << 3) | FIELD.derived);
    for (const code of codesInWords(spans)) this.#code(code, number);
  }

  #code(text: string, number: number): void {
    if (this.#codesOfDoc.has(text)) return;
    this.#codesOfDoc.add(text);
    const code = canonicalCode(text);
    if (code.length < 3) return;
    if (code !== text) {
      if (this.#codesOfDoc.has(code)) return;
      this.#codesOfDoc.add(code);
    }
    this.packed(code, number);
  }

  /** Adds a canonical code of a document to the look-up tables. */
  packed(code: string, number: number): void {
    const { digits, key } = packCode(code);
    const list = digits ? this.draft.codes.digits : this.draft.codes.mixed;
    list.keys.push(key);
    list.reversed.push(packCode(reversed(code)).key);
    list.docs.push(number);
  }
}

/** Ends a clause. */
const STOP = /[.;!?\n•]/;
/** Words of a clause that may follow a "for". */
const CLAUSE = 12;
/** What the customer has, not what is sold. */
const YOURS: ReadonlySet<string> = new Set(['your', 'ihr', 'ihre', 'ihren', 'ihrem', 'dein', 'deine', 'deinen', 'votre', 'vos', 'su', 'sus', 'tuo', 'tua', 'uw']);

/** Joins the steps of a category path. */
export const CATEGORY_JOIN = ' › ';

function storedOf(doc: SearchDoc): StoredDoc {
  const { fields } = doc;
  const out: StoredDoc = { k: doc.kind, id: doc.key, t: fields.title };
  if (doc.subtitle !== undefined) out.s = doc.subtitle;
  if (fields.brand !== undefined) out.b = fields.brand;
  if (fields.model !== undefined) out.m = fields.model;
  const path = [...(fields.category ?? []), ...(fields.type === undefined ? [] : [fields.type])];
  if (path.length > 0) out.c = path;
  if (fields.codes !== undefined && fields.codes.length > 0) out.n = fields.codes;
  if (fields.keywords !== undefined && fields.keywords.length > 0) out.w = fields.keywords;
  return out;
}
