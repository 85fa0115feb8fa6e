import { freeAnswerId, freeStepId } from '#shared/domain/scripts/edit.ts';
import type { Answer, Script, Step } from '#shared/domain/scripts/schema.ts';

/** A step without words yet. */
export function newStep(script: Script): Step {
  return { id: freeStepId(script), cue: '', line: 'talking-point' };
}

/** An answer without words yet; it leads to the step below, until somebody says otherwise. */
export function newAnswer(script: Script, step: Step): Answer {
  const at = script.steps.findIndex((one) => one.id === step.id);
  return { id: freeAnswerId(step), label: '', to: step.next ?? (script.steps[at + 1] ?? script.steps[at - 1] ?? step).id };
}
