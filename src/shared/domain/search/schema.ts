import { z } from 'zod';
import { LIMITS } from '../common.ts';

/** Kinds of records that can be found. */
export const SEARCH_KINDS = ['product', 'script', 'article', 'prompt', 'announcement'] as const;
export const searchKindSchema = z.enum(SEARCH_KINDS);
export type SearchKind = z.infer<typeof searchKindSchema>;

/** Why a stretch of text matched. */
export const MATCH_REASONS = ['exact', 'prefix', 'plural', 'joined', 'typo', 'sound', 'code', 'size', 'synonym', 'category'] as const;
export const matchReasonSchema = z.enum(MATCH_REASONS);
export type MatchReason = z.infer<typeof matchReasonSchema>;

export const SEARCH_FIELDS = ['title', 'brand', 'model', 'category', 'keywords', 'text', 'code'] as const;
export const searchFieldSchema = z.enum(SEARCH_FIELDS);
export type SearchField = z.infer<typeof searchFieldSchema>;

/** Filters that may be typed in the query or set as chips. Prices in major units of the record's currency. */
export const searchFiltersSchema = z.strictObject({
  brand: z.string().max(LIMITS.id).optional(),
  /** Words of a category name, as after `in:`. */
  category: z.string().max(LIMITS.id).optional(),
  priceMin: z.number().min(0).optional(),
  priceMax: z.number().min(0).optional(),
});
export type SearchFilters = z.infer<typeof searchFiltersSchema>;

export const searchQuerySchema = z.strictObject({
  text: z.string().max(LIMITS.line),
  kinds: z.array(searchKindSchema).max(SEARCH_KINDS.length).optional(),
  filters: searchFiltersSchema.optional(),
  /** Hits wanted, at most 50. Default 20. */
  limit: z.int().min(1).max(50).optional(),
  /** Wall-clock ms after which the best found so far is returned. Default 250: out of reach unless the machine is busy. */
  budgetMs: z.number().min(1).max(1_000).optional(),
  /** Who asks: records aimed at other teams or queues, or not valid `now`, are left out. */
  context: z
    .strictObject({
      teams: z.array(z.string().max(LIMITS.id)).max(LIMITS.list).optional(),
      queues: z.array(z.string().max(LIMITS.id)).max(LIMITS.list).optional(),
      /** Nothing is left out: for those who look after the knowledge. */
      everything: z.boolean().optional(),
      /** UTC epoch ms; the index's clock when absent. */
      now: z.number().optional(),
    })
    .optional(),
});
export type SearchQuery = z.infer<typeof searchQuerySchema>;

/** A part of a field that matched: UTF-16 `[start, end)` pairs, ascending and apart. */
export const searchMatchSchema = z.strictObject({
  field: searchFieldSchema,
  /** The field's text the ranges refer to. Empty for `text`, which the index does not keep. */
  text: z.string(),
  ranges: z.array(z.tuple([z.int(), z.int()])),
  reason: matchReasonSchema,
});
export type SearchMatch = z.infer<typeof searchMatchSchema>;

export const searchHitSchema = z.strictObject({
  kind: searchKindSchema,
  key: z.string(),
  title: z.string(),
  subtitle: z.string().optional(),
  /** Comparable within one answer only. */
  score: z.number(),
  matches: z.array(searchMatchSchema),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** What the query was understood as, shown as chips. */
export const parsedQuerySchema = z.strictObject({
  text: z.string(),
  terms: z.array(z.string()),
  filters: searchFiltersSchema,
  kinds: z.array(searchKindSchema).optional(),
});
export type ParsedChips = z.infer<typeof parsedQuerySchema>;

export const searchAnswerSchema = z.strictObject({
  hits: z.array(searchHitSchema),
  /** Documents that match every word, when counted in full. */
  total: z.int().optional(),
  /** False when the time budget ended the search early. */
  complete: z.boolean(),
  /** True when nothing matched every word and the hits are only the nearest. */
  nearest: z.boolean(),
  parsed: parsedQuerySchema,
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

/** A record as the index takes it. */
export type SearchDoc = {
  kind: SearchKind;
  /** The record's key inside its kind. */
  key: string;
  fields: {
    title: string;
    brand?: string;
    model?: string;
    /** Product type and category path, from general to special. */
    type?: string;
    category?: readonly string[];
    /** Everything an agent may read out as a number or code: sku, barcodes, part numbers. */
    codes?: readonly string[];
    /** Tags, example phrases, triggers. */
    keywords?: readonly string[];
    /** Long texts: searched, not kept. */
    text?: readonly string[];
  };
  subtitle?: string;
  /** Major units. */
  price?: number;
  /** UTC epoch ms. */
  validFrom?: number;
  validUntil?: number;
  targets?: { teams?: readonly string[] | undefined; queues?: readonly string[] | undefined };
};
