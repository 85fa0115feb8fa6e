import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import { epochSchema, kbSchema } from './change.ts';
import { releaseNumberSchema } from './release.ts';

/**
 * What a desk knows is laid in layers, the lowest first: built-in knowledge, then each installed
 * knowledge base by its `order`, then what this desk changed for itself (imports, local overrides). The
 * highest layer that says anything about a key decides, and a tombstone says "it is not there". No
 * layer is ever edited: taking the upper one away shows the lower one again.
 */
export const installedKbSchema = z.strictObject({
  kb: kbSchema,
  title: z.string().max(LIMITS.line),
  epoch: epochSchema,
  release: releaseNumberSchema,
  /** When this desk installed that release. */
  installedAt: instantSchema,
  /** Live records of it, whether they decide or not. */
  count: z.int().min(0),
  /** Higher decides over lower: an organisation's own base over the sector packs below it. */
  order: z.int().min(0).max(1_000),
  /** After this instant it may be out of date. */
  expires: instantSchema,
});
export type InstalledKb = z.infer<typeof installedKbSchema>;

/** Something a layer says about one key. */
export type Layer<T> = { order: number; kb: string; says: { op: 'put'; body: T } | { op: 'delete' } };

/** The deciding layer: the highest order; between equals the name, so that every desk decides alike. */
export function deciding<T>(layers: readonly Layer<T>[]): Layer<T> | undefined {
  return layers.reduce<Layer<T> | undefined>((best, layer) => (best === undefined || layer.order > best.order || (layer.order === best.order && layer.kb < best.kb) ? layer : best), undefined);
}
