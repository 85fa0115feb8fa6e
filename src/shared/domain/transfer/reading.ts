import { z } from 'zod';
import { LIMITS } from '../common.ts';
import { mappingSchema } from './targets.ts';

export const FORMATS = ['csv', 'ndjson', 'json', 'xlsx'] as const;
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** How a file has to be read, found by looking at it. */
export const readingSchema = z.strictObject({
  format: z.enum(FORMATS),
  gzip: z.boolean(),
  encoding: z.enum(ENCODINGS),
  /** Between the cells of a text file. */
  delimiter: z.enum(DELIMITERS),
  /** `\r` alone only in files of very old programs. */
  newline: z.enum(['\n', '\r']),
  /** Of a workbook: the sheet that is read. */
  sheet: z.string().max(LIMITS.line).optional(),
  columns: z.array(z.string().max(LIMITS.line)).max(500),
});
export type Reading = z.infer<typeof readingSchema>;

/** What a person may change when the file was read wrongly. */
export const readingChoiceSchema = z.strictObject({
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  sheet: z.string().max(LIMITS.line).optional(),
});
export type ReadingChoice = z.infer<typeof readingChoiceSchema>;

const cellSchema = z.union([z.string().max(2_000), z.number()]);

/** The first rows of a file and what they seem to mean. */
export const previewSchema = z.strictObject({
  reading: readingSchema,
  /** Sheets of a workbook. */
  sheets: z.array(z.string().max(LIMITS.line)).max(200),
  /** At most 20 rows, cells in the order of `reading.columns`; long texts are cut. */
  rows: z.array(z.strictObject({ row: z.int(), cells: z.array(cellSchema).max(500) })).max(20),
  mapping: mappingSchema,
});
export type Preview = z.infer<typeof previewSchema>;
