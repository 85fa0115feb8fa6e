import type { z } from 'zod';
import { announcementSchema } from './announcement.ts';
import { articleSchema, imageSchema } from './article.ts';
import { sharedNoteTemplateSchema } from './calls/note-templates.ts';
import { breakIdeaSchema, dispositionSchema, notReadyReasonSchema, practiceCallerSchema, synonymSchema } from './desk-lists.ts';
import { productSchema } from './product.ts';
import { frameworkSchema, promptSchema } from './prompts/schema.ts';
import { scriptSchema } from './scripts/schema.ts';
import { selfCheckSchema } from './self-check.ts';

/** Every kind of record a pack can carry, with its schema. */
export const KNOWLEDGE_SCHEMAS = {
  product: productSchema,
  script: scriptSchema,
  prompt: promptSchema,
  framework: frameworkSchema,
  article: articleSchema,
  image: imageSchema,
  announcement: announcementSchema,
  disposition: dispositionSchema,
  'not-ready-reason': notReadyReasonSchema,
  'break-idea': breakIdeaSchema,
  synonyms: synonymSchema,
  'practice-caller': practiceCallerSchema,
  'self-check': selfCheckSchema,
  'note-template': sharedNoteTemplateSchema,
} as const;

export type KnowledgeKind = keyof typeof KNOWLEDGE_SCHEMAS;
export const KNOWLEDGE_KINDS = Object.keys(KNOWLEDGE_SCHEMAS) as KnowledgeKind[];
export type KnowledgeRecord<K extends KnowledgeKind> = z.infer<(typeof KNOWLEDGE_SCHEMAS)[K]>;

/** One line of a pack file: `{ "kind": "...", "record": { ... } }`. */
export type PackLine = { [K in KnowledgeKind]: { kind: K; record: KnowledgeRecord<K> } }[KnowledgeKind];

/** The key of a record inside its kind: the sku for products, the id otherwise. */
export function recordKey(line: PackLine): string {
  return line.kind === 'product' ? line.record.sku : line.record.id;
}
