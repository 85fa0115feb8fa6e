/**
 * Sentences of the script domain, as message key → English text with `{param}` places. The domain only
 * ever returns keys and params; the catalogue of each interface language carries the same keys.
 */
export const SCRIPT_MESSAGES = {
  'script.refused.notStarted': 'No script is open. Pick one to begin.',
  'script.refused.alreadyStarted': 'A script is open already. Switch to the other one instead.',
  'script.refused.unknownScript': 'The script “{script}” is not on this desk.',
  'script.refused.unknownStep': 'This leads to a step that does not exist ({step}). Jump to another step and flag the line.',
  'script.refused.unknownAnswer': 'That answer does not belong to this step.',
  'script.refused.answerNotOffered': 'That answer does not apply to this caller.',
  'script.refused.needsAnswer': 'Pick what the caller said to go on.',
  'script.refused.skipNeedsAnswer': 'Say which answer the caller gave already, so that the script can go on from there.',
  'script.refused.requiredMissing': 'Still needed here: {fields}. Fill it in, or carry on without it.',
  'script.refused.noWayOn': 'No answer of this step applies. Jump to another step, or go back.',
  'script.refused.atStart': 'This is the first step.',
  'script.refused.notOpen': 'That step belongs to a script that is not open. Switch script to go there.',
  'script.refused.finished': 'The script is finished. Go back or jump to a step to continue.',
  'script.refused.paused': 'The script is paused. Resume it to go on.',
  'script.refused.notPaused': 'The script is not paused.',
  'script.refused.noMustSay': 'This step has nothing that must be said.',
  'script.refused.notSaid': 'This line is not marked as said.',
  'script.refused.nothingToUndo': 'There is nothing to undo.',
  'script.refused.nothingToRedo': 'There is nothing to redo.',
  'script.refused.notInSubScript': 'No sub-script is open.',
  'script.refused.tooDeep': 'Too many scripts are open inside each other.',
  'script.refused.factExists': 'This fact is noted already.',
  'script.refused.sameScript': 'This script is open already.',
  'field.error.required': '{label} is needed.',
  'field.error.number': '{label} must be a number, for example {example}.',
  'field.error.min': '{label} must be at least {min}.',
  'field.error.max': '{label} must be at most {max}.',
  'field.error.tooShort': '{label} needs at least {min} characters.',
  'field.error.tooLong': '{label} can have at most {max} characters.',
  'field.error.date': '{label} must be a date, for example {example}.',
  'field.error.time': '{label} must be a time, for example {example}.',
  'field.error.phone': '{label} does not look like a phone number. Use digits, spaces and a leading +.',
  'field.error.email': '{label} does not look like an e-mail address. It needs one @ and a dot after it.',
  'field.error.choice': '{label} must be one of: {choices}.',
  'field.error.yesNo': '{label} must be yes or no.',
  'field.error.pattern': '{label} does not have the expected form.',
  'field.error.patternHelp': '{label}: {help}',
} as const;

export type ScriptMessageKey = keyof typeof SCRIPT_MESSAGES;

/** A sentence to show: its key and the values of its places. */
export interface ScriptMessage {
  readonly key: ScriptMessageKey;
  readonly params: Readonly<Record<string, string | number>>;
}

export function scriptMessage(key: ScriptMessageKey, params: Record<string, string | number> = {}): ScriptMessage {
  return { key, params };
}
