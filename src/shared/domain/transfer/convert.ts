import { idSchema, languageSchema, LIMITS } from '../common.ts';
import { startOfDay } from '../authoring/price-change.ts';
import { productSchema, type Billing, type Fact, type PlannedPrice, type Price, type Product } from '../product.ts';
import { isSector, readBarcodes, readDay, readDays, readFacts, readInterval, readList, readMonths, readYesNo } from './cells.ts';
import { currencyOf, readAmount, type Amount } from './money.ts';
import { problem, type Problem, type ProblemCode } from './problems.ts';
import type { Mapping, Target } from './targets.ts';

/** A row as the file tells it: only what its cells say. Empty cells say nothing. */
export type RowDraft = Partial<Omit<Product, 'price' | 'billing'>> & { price?: Partial<Price>; billing?: Partial<Billing> };

/** A cell as its file holds it: text, or a number where the file knows numbers (XLSX, JSON). */
export type Cell = string | number;

export type Converted = { draft: RowDraft; problems: Problem[] };

/** Turns rows of one file into drafts. Columns are looked up once, so that a row costs only its own cells. */
export type Converter = {
  convert: (cells: readonly Cell[]) => Converted;
  /** The column a field of the product came from, for problems found later. */
  columnOf: (field: string) => string;
};

type Context = {
  readonly mapping: Mapping;
  readonly draft: RowDraft;
  /** The cell was a number in the file: its decimal sign is no question. */
  typed: boolean;
  /** Pieces of JSON, put together when all are there. */
  rest: string;
  /** Read before the price, which may need it. */
  currency: string | undefined;
  refuse: (code: ProblemCode, value?: string, values?: Problem['values']) => void;
};

/** Taken last: it has the last word. */
const LATE: ReadonlySet<Target> = new Set(['rest']);

type Setter = (text: string, context: Context, column: string) => void;

/** Currency and tax come first: the price is read with them. */
const EARLY: ReadonlySet<Target> = new Set(['currency', 'taxIncluded', 'verifiedAt', 'verifiedBy']);

/** What spreadsheets show where a formula failed, in their files and in what they export. */
const SPREADSHEET_ERROR = /^#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;

export function createConverter(columns: readonly string[], mapping: Mapping): Converter {
  const targets = new Map(mapping.columns.map(({ column, target }) => [column, target]));
  const used = columns.flatMap((column, at) => {
    const target = targets.get(column) ?? 'ignore';
    return target === 'ignore' ? [] : [{ column, at, target, set: SETTERS[target] }];
  });
  const ordered = [...used.filter(({ target }) => EARLY.has(target)), ...used.filter(({ target }) => !EARLY.has(target) && !LATE.has(target)), ...used.filter(({ target }) => LATE.has(target))];
  const columnFor = new Map<Target, string>();
  for (const { target, column } of used) if (!columnFor.has(target)) columnFor.set(target, column);
  return {
    convert(cells) {
      const problems: Problem[] = [];
      const draft: RowDraft = {};
      let column = '';
      let text = '';
      const context: Context = { mapping, draft, currency: mapping.currency, typed: false, rest: '', refuse: (code, value, values) => problems.push(problem(code, column, value ?? text, values)) };
      for (const one of ordered) {
        const cell = cells[one.at] ?? '';
        text = cellText(cell);
        context.typed = typeof cell === 'number';
        if (text === '') continue;
        column = one.column;
        if (text.charCodeAt(0) === 35 && SPREADSHEET_ERROR.test(text)) {
          context.refuse('bad-cell');
          continue;
        }
        one.set(text, context, column);
      }
      if (context.rest !== '') takeRest(context);
      return { draft, problems };
    },
    columnOf: (field) => columnFor.get(TARGET_OF[field] ?? (field as Target)) ?? '',
  };
}

/** Fifteen digits are what a spreadsheet keeps: 0.1 + 0.2 is 0.3 to the person who wrote it. */
export function cellText(cell: Cell): string {
  return typeof cell === 'number' ? String(Number(cell.toPrecision(15))) : cell.trim();
}

/** Fields of the product whose column goes by another name. */
const TARGET_OF: Readonly<Record<string, Target>> = {
  'price.amount': 'price', 'price.currency': 'currency', 'price.taxIncluded': 'taxIncluded',
  billing: 'interval', 'billing.interval': 'interval', 'billing.unit': 'unit', 'billing.termMonths': 'termMonths', 'billing.noticeDays': 'noticeDays',
  'billing.setupFee': 'setupFee', 'billing.terms': 'terms',
};

type TextField = 'sku' | 'name' | 'brand' | 'manufacturer' | 'model' | 'type' | 'stockNote' | 'owner';

const text = (field: TextField, max: number = LIMITS.line): Setter => (value, { draft, refuse }) => {
  if (value.length > max) refuse('too-long', value, { max, length: value.length });
  else draft[field] = value;
};

const billing = <K extends keyof Billing>(field: K, read: (value: string, context: Context) => Billing[K] | undefined, otherwise: ProblemCode): Setter => (value, context) => {
  const found = read(value, context);
  if (found === undefined) context.refuse(otherwise);
  else context.draft.billing = { ...context.draft.billing, [field]: found };
};

const capped = (max: number) => (value: string): string | undefined => (value.length > max ? undefined : value);

const references = (field: 'scripts' | 'articles'): Setter => (value, { draft, refuse }) => {
  const ids = readList(value);
  const wrong = ids.find((id) => !idSchema.safeParse(id).success);
  if (wrong !== undefined) refuse('bad-reference', wrong);
  else if (ids.length > 20) refuse('too-many', value, { max: 20 });
  else draft[field] = ids;
};

function amountIn(value: string, { currency, mapping, typed }: Context): Amount {
  return readAmount(value, currency, typed ? { decimal: 'dot', priceUnit: mapping.priceUnit } : mapping);
}

function setPrice(value: string, context: Context): void {
  const amount = amountIn(value, context);
  if (amount.kind === 'amount') context.draft.price = { ...context.draft.price, amount: amount.minor, currency: amount.currency };
  else if (amount.reason === 'too-many-decimals') context.refuse(amount.reason, value, { currency: amount.currency, digits: amount.digits });
  else context.refuse(amount.reason);
}

function setSetupFee(value: string, context: Context): void {
  const amount = amountIn(value, context);
  if (amount.kind === 'amount') context.draft.billing = { ...context.draft.billing, setupFee: amount.minor };
  else if (amount.reason === 'too-many-decimals') context.refuse(amount.reason, value, { currency: amount.currency, digits: amount.digits });
  else context.refuse(amount.reason);
}

function setCategory(value: string, { mapping, draft, refuse }: Context): void {
  const separator = mapping.categorySeparator;
  const steps = (separator === 'none' ? [value] : value.split(separator)).map((step) => step.trim()).filter((step) => step !== '');
  const path = [...(draft.category ?? []), ...steps];
  if (path.length > 8) refuse('too-many', value, { max: 8 });
  else if (steps.some((step) => step.length > LIMITS.line)) refuse('too-long', value, { max: LIMITS.line, length: value.length });
  else if (path.length > 0) draft.category = path;
}

function addFacts(facts: readonly Fact[], { draft, refuse }: Context): void {
  const all = [...(draft.facts ?? []), ...facts];
  if (all.length > 100) refuse('too-many', undefined, { max: 100 });
  else draft.facts = all;
}

/** What the row as a whole says about who checked it, for facts that do not say it themselves. */
function checked({ draft }: Context): Pick<Fact, 'verifiedAt' | 'verifiedBy'> {
  return { ...(draft.verifiedAt === undefined ? {} : { verifiedAt: draft.verifiedAt }), ...(draft.verifiedBy === undefined ? {} : { verifiedBy: draft.verifiedBy }) };
}

const SETTERS: Readonly<Record<Target, Setter>> = {
  sku: text('sku', LIMITS.id),
  name: text('name'),
  brand: text('brand'),
  manufacturer: text('manufacturer'),
  model: text('model'),
  type: text('type'),
  stockNote: text('stockNote'),
  owner: text('owner'),
  barcodes: (value, { draft, refuse }) => {
    const found = readBarcodes(value);
    if (found === undefined) return refuse('barcode-shortened');
    const all = [...new Set([...(draft.barcodes ?? []), ...found])];
    if (all.length > 20) refuse('too-many', value, { max: 20 });
    else if (found.some((code) => code.length > 40)) refuse('too-long', value, { max: 40, length: value.length });
    else draft.barcodes = all;
  },
  category: setCategory,
  description: (value, { draft, refuse }) => {
    const whole = draft.description === undefined ? value : `${draft.description}\n\n${value}`;
    if (whole.length > LIMITS.body) refuse('too-long', value, { max: LIMITS.body, length: whole.length });
    else draft.description = whole;
  },
  price: setPrice,
  currency: (value, context) => {
    const code = currencyOf(value, context.mapping.currency);
    if (code === undefined) context.refuse('unknown-currency');
    else context.currency = code;
  },
  taxIncluded: (value, { draft, refuse }) => {
    const answer = readYesNo(value);
    if (answer === undefined) refuse('not-yes-no');
    else draft.price = { ...draft.price, taxIncluded: answer };
  },
  interval: billing('interval', readInterval, 'unknown-interval'),
  unit: billing('unit', capped(60), 'too-long'),
  termMonths: billing('termMonths', readMonths, 'not-whole'),
  noticeDays: billing('noticeDays', readDays, 'not-whole'),
  setupFee: setSetupFee,
  terms: billing('terms', capped(LIMITS.text), 'too-long'),
  facts: (value, context) => {
    const facts = readFacts(value);
    if (typeof facts === 'string') context.refuse('bad-fact', facts);
    else addFacts(facts.map((fact) => ({ ...checked(context), ...fact })), context);
  },
  fact: (value, context, column) => {
    if (value.length > LIMITS.text) context.refuse('too-long', value, { max: LIMITS.text, length: value.length });
    else addFacts([{ name: column.slice(0, LIMITS.line), value, ...checked(context) }], context);
  },
  tags: (value, { draft, refuse }) => {
    const tags = [...new Set([...(draft.tags ?? []), ...readList(value)])];
    if (tags.some((tag) => tag.length > LIMITS.id)) refuse('too-long', value, { max: LIMITS.id, length: value.length });
    else if (tags.length > LIMITS.list) refuse('too-many', value, { max: LIMITS.list });
    else draft.tags = tags;
  },
  verifiedAt: (value, { draft, refuse }) => {
    const day = readDay(value);
    if (day === undefined) refuse('not-a-day');
    else draft.verifiedAt = day;
  },
  verifiedBy: (value, { draft, refuse }) => {
    if (value.length > LIMITS.line) refuse('too-long', value, { max: LIMITS.line, length: value.length });
    else draft.verifiedBy = value;
  },
  reviewDays: (value, { draft, refuse }) => {
    const days = readDays(value);
    if (days === undefined) refuse('not-whole');
    else draft.reviewDays = days;
  },
  language: (value, { draft, refuse }) => {
    if (languageSchema.safeParse(value).success) draft.language = value;
    else refuse('bad-language');
  },
  sectors: (value, { draft, refuse }) => {
    const list = readList(value.toLowerCase());
    const wrong = list.find((sector) => !isSector(sector));
    if (wrong !== undefined) refuse('unknown-sector', wrong);
    else draft.sectors = list as NonNullable<Product['sectors']>;
  },
  scripts: references('scripts'),
  articles: references('articles'),
  plannedPrices: setPlannedPrices,
  rest: (value, context) => {
    context.rest += value;
  },
  ignore: () => undefined,
};

const PLAN = /^(?<amount>.+?)\s*@\s*(?<when>\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?)$/;

/** Written `24.50 EUR @2027-03-01 | …`; a day begins at midnight of this desk, tax is included as in the price itself. */
function setPlannedPrices(value: string, context: Context): void {
  const plans: PlannedPrice[] = [];
  for (const part of value.split(/[|\n]/).map((one) => one.trim()).filter((one) => one !== '')) {
    const found = PLAN.exec(part)?.groups;
    const when = found?.['when'] ?? '';
    const validFrom = when.includes('T') ? Date.parse(when) : startOfDay(when);
    const amount = found === undefined ? undefined : amountIn(found['amount'] ?? '', { ...context, typed: false });
    if (amount?.kind !== 'amount' || validFrom === undefined || Number.isNaN(validFrom)) return context.refuse('not-a-number', part);
    const tax = context.draft.price?.taxIncluded;
    plans.push({ amount: amount.minor, currency: amount.currency, validFrom, ...(tax === undefined ? {} : { taxIncluded: tax }) });
  }
  if (plans.length > 20) context.refuse('too-many', value, { max: 20 });
  else context.draft.plannedPrices = plans;
}

/** The schema has the last word on what stands in it; only fields of a product are taken. */
function takeRest(context: Context): void {
  const { draft, refuse } = context;
  let found: unknown;
  try {
    found = JSON.parse(context.rest);
  } catch {
    return refuse('bad-json', context.rest.slice(0, 200));
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return refuse('bad-json', context.rest.slice(0, 200));
  for (const [name, value] of Object.entries(found)) {
    if (!Object.hasOwn(productSchema.shape, name)) continue;
    if (value === null) delete draft[name as keyof RowDraft];
    else draft[name as 'name'] = value as string;
  }
}
