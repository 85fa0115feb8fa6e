import { waysOf } from '#shared/domain/authoring/script-shape.ts';
import type { Way } from '#shared/domain/scripts/edit.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';

/** A line of the outline: a step, or one of its ways below it. */
export type OutlineRow = { readonly id: string; readonly step: string; readonly at: number } & ({ readonly kind: 'step' } | { readonly kind: 'way'; readonly way: Way; readonly to: string });

/** The script as lines, in the author's order. */
export function outlineRows(script: Script): OutlineRow[] {
  return script.steps.flatMap((step, at): OutlineRow[] => [
    { id: step.id, step: step.id, at, kind: 'step' },
    ...waysOf(step).map((way): OutlineRow => ({ id: way.id, step: step.id, at, kind: 'way', way: way.kind === 'next' ? { kind: 'next' } : { kind: way.kind, at: way.at }, to: way.to })),
  ]);
}
