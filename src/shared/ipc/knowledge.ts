import { z } from 'zod';
import { LIMITS } from '../domain/common.ts';
import { KNOWLEDGE_KINDS, type KnowledgeKind, type PackLine } from '../domain/knowledge.ts';
import { query } from './define.ts';

const kindSchema = z.enum(KNOWLEDGE_KINDS as [KnowledgeKind, ...KnowledgeKind[]]);
const refSchema = z.strictObject({ kind: kindSchema, key: z.string().max(LIMITS.id) });

/** Records were validated when they were installed; the reply only names its shape. */
const packLineSchema = z.custom<PackLine>((value) => typeof value === 'object' && value !== null && 'kind' in value && 'record' in value);

export const knowledgeContract = {
  /** The named records that exist, in the order asked. */
  'knowledge.get': query({ home: 'knowledge', input: z.strictObject({ refs: z.array(refSchema).max(50) }), output: z.array(packLineSchema) }),
  /** All records of the small kinds; products are found by search and pictures by name, neither is ever listed. */
  'knowledge.list': query({
    home: 'knowledge',
    input: z.strictObject({ kinds: z.array(kindSchema.exclude(['product', 'image'])).min(1).max(12) }),
    output: z.array(packLineSchema),
  }),
  'knowledge.stats': query({
    home: 'knowledge',
    input: z.strictObject({}),
    output: z.strictObject({ counts: z.record(z.string(), z.int()), indexReady: z.boolean() }),
  }),
} as const;
