import { createContext, runInContext } from 'node:vm';

/** A pattern is tried on texts that make a bad one go round in circles; a good one is through in microseconds. */
const PROBES = ['a', '1', ' ', '-', 'a1', '1 ', 'a ', '1-', 'aA1 -.'].flatMap((piece) => [piece.repeat(Math.ceil(4_000 / piece.length)), `${piece.repeat(Math.ceil(4_000 / piece.length))}!`]);
/** A note is masked at every pause in typing, so a pattern may cost this much on 4,000 characters (ms). */
const BUDGET_MS = 100;

/**
 * Whether a regular expression can hang the desk. It runs in a context that the engine stops by time, because
 * no rule about the text of an expression can tell.
 */
export function isSlowPattern(pattern: string): boolean {
  const context = createContext({ pattern, probes: PROBES });
  try {
    runInContext("const expression = new RegExp(pattern, 'giu'); for (const probe of probes) probe.replace(expression, '')", context, { timeout: BUDGET_MS });
    return false;
  } catch {
    return true;
  }
}
