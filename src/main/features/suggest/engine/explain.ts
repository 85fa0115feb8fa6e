import type { Features } from '#shared/domain/suggest/features.ts';
import type { Lexical } from './lexical.ts';
import type { Learner } from './learner.ts';
export function explain(_f: Features, _place: number, _learner: Learner, _lexical: Lexical): string[] { return []; }
