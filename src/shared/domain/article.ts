import { z } from 'zod';
import { idSchema, LIMITS, recordBase } from './common.ts';

/** Policy, how-to or troubleshooting text. `body` is Markdown, rendered to React nodes, never as HTML. */
export const articleSchema = z.strictObject({
  ...recordBase,
  kind: z.enum(['policy', 'how-to', 'troubleshooting', 'reference']),
  title: z.string().min(1).max(LIMITS.line),
  /** One sentence: the answer an agent can give at once. */
  summary: z.string().min(1).max(LIMITS.text),
  body: z.string().max(LIMITS.body),
  scripts: z.array(idSchema).max(20).optional(),
});
export type Article = z.infer<typeof articleSchema>;
