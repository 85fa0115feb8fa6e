import type { LocalText } from '../common.ts';
import type { Script, Step } from './schema.ts';

/**
 * What fits the script pane without scrolling, at 1366 × 768 and 125 % text.
 * Height: 768 px less title and call bar (104 px), trail and checklist lines (72 px) and padding (24 px)
 * leaves 568 px; reading text is 16 px × 1.25 = 20 px at a line height of 1.4, so 28 px: 20 lines.
 * Width: 38 % of 1366 px less 48 px of padding is 471 px; a character averages half an em (10 px): 47 characters,
 * taken as 44 because lines break at words.
 */
export const PANE = { lines: 20, charsPerLine: 44 } as const;

/** Lines a text takes, its longest translation counting; slots count as a dozen characters. */
export function linesOfText(text: LocalText | undefined, charsPerLine: number = PANE.charsPerLine): number {
  if (text === undefined) return 0;
  const versions = typeof text === 'string' ? [text] : Object.values(text);
  return Math.max(0, ...versions.map((version) => version.replaceAll(/\{\{[^}]*\}\}/g, 'x'.repeat(12)).split('\n').reduce((sum, line) => sum + wrap(line, charsPerLine), 0)));
}

function wrap(line: string, charsPerLine: number): number {
  let lines = 1;
  let column = 0;
  for (const word of line.trim().split(/\s+/)) {
    const width = word.length;
    if (column > 0 && column + 1 + width > charsPerLine) { lines += 1; column = 0; }
    column += (column === 0 ? 0 : 1) + width;
    while (column > charsPerLine) { lines += 1; column -= charsPerLine; }
  }
  return lines;
}

/**
 * Lines a whole step takes: cue (a heading of larger letters: one and a half lines each), wording, what to do
 * (half a line apart), two lines for each field, one and a bit for each answer, one for the must-say mark.
 */
export function linesOfStep(step: Step, script: Script): number {
  const cue = linesOfText(step.cue, Math.floor(PANE.charsPerLine / 1.25)) * 1.5;
  const say = linesOfText(step.say);
  const doThis = step.doThis === undefined ? 0 : linesOfText(step.doThis) + 0.5;
  const fields = (step.capture ?? []).filter((capture) => script.fields?.some((field) => field.id === capture.field)).length * 2;
  const answers = (step.answers ?? []).reduce((sum, answer) => sum + linesOfText(answer.label, PANE.charsPerLine - 6) * 1.2, 0);
  const next = (step.answers?.length ?? 0) === 0 ? 1.2 : 0;
  return Math.ceil(cue + say + doThis + fields + answers + next + (step.mustSay === undefined ? 0 : 1));
}
