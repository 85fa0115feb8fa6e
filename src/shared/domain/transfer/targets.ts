import { z } from 'zod';

/** What a column of a catalogue file can mean. `rest` is Callside's own: JSON of what the other columns cannot say. `fact` keeps the column under its own name; `facts` holds `name=value | …`. */
export const TARGETS = [
  'sku', 'name', 'brand', 'manufacturer', 'model', 'barcodes', 'category', 'type', 'description', 'price', 'currency', 'taxIncluded',
  'interval', 'unit', 'termMonths', 'noticeDays', 'setupFee', 'terms', 'stockNote', 'facts', 'tags', 'verifiedAt', 'verifiedBy', 'owner',
  'reviewDays', 'language', 'sectors', 'scripts', 'articles', 'plannedPrices', 'rest', 'fact', 'ignore',
] as const;
export const targetSchema = z.enum(TARGETS);
export type Target = z.infer<typeof targetSchema>;

/** Targets that take several columns: category steps, barcodes, tags and facts add up, descriptions are joined. */
const SEVERAL: ReadonlySet<Target> = new Set(['category', 'barcodes', 'description', 'facts', 'tags', 'fact', 'rest', 'ignore']);

export function takesSeveral(target: Target): boolean {
  return SEVERAL.has(target);
}

export const CATEGORY_SEPARATORS = ['none', '>', '›', '»', '→', '|', '::', '\\', ';', '/'] as const;

/** How the columns of one file become products. */
export const mappingSchema = z.strictObject({
  /** In the order of the file. Columns not named are left out. */
  columns: z.array(z.strictObject({ column: z.string().max(400), target: targetSchema })).max(500),
  /** ISO 4217, for prices that do not name one. */
  currency: z.string().regex(/^[A-Z]{3}$/).optional(),
  /** The decimal sign where a price like 1.299 leaves it open. */
  decimal: z.enum(['auto', 'dot', 'comma']),
  /** `minor`: prices are whole cents, as Callside's own files have them. */
  priceUnit: z.enum(['major', 'minor']),
  categorySeparator: z.enum(CATEGORY_SEPARATORS),
  /** A product that is here already keeps what the file does not tell (`merge`), or is replaced as a whole. */
  existing: z.enum(['merge', 'replace']),
});
export type Mapping = z.infer<typeof mappingSchema>;
