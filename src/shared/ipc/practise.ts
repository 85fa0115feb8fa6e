import { z } from 'zod';
import { idSchema } from '../domain/common.ts';
import { practiceRunSchema } from '../domain/practise/review.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});

/** Practice is the agent's own: it stays in the records of this desk and nothing else reads it. */
export const practiseContract = {
  'practise.runs': query({ home: 'records', input: z.strictObject({ limit: z.int().min(1).max(200) }), output: z.array(practiceRunSchema) }),
  'practise.save': command({ home: 'records', input: practiceRunSchema, output: nothing }),
  /** One run, or all of them. */
  'practise.erase': command({ home: 'records', input: z.strictObject({ id: idSchema.optional() }), output: nothing }),
} as const;
