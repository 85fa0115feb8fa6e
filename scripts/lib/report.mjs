/** What the scripts say on the terminal: one line per step, live on a TTY, plain otherwise. */

import { Interrupted } from './exec.mjs';

/** @type {NodeJS.WriteStream} */
let stream = process.stdout;
let tty = isTerminal(stream);

/** @param {NodeJS.WriteStream} target */
function isTerminal(target) {
  return target.isTTY === true && process.env.CI === undefined && process.env.TERM !== 'dumb';
}

/** From now on progress goes to standard error, because standard output belongs to someone else. */
export function reportToStderr() {
  stream = process.stderr;
  tty = isTerminal(stream);
}

/** A failure the reader can act on. */
export class StepError extends Error {
  /**
   * @param {string} what what failed, one sentence
   * @param {string} todo what to do about it
   * @param {string} [detail] output of the failed tool
   */
  constructor(what, todo, detail = '') {
    super(what);
    this.name = 'StepError';
    this.todo = todo;
    this.detail = detail;
  }
}

/** @param {number} ms */
export function seconds(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The last `count` lines of a tool's output, without trailing blanks. @param {string} text @param {number} count */
export function tail(text, count = 30) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** @param {string} text */
export function say(text) {
  stream.write(`${text}\n`);
}

/**
 * Runs one step visibly. On a terminal the line counts seconds; elsewhere the start is said at once
 * and again every minute, so that a log never looks hung.
 * @template T
 * @param {string} label
 * @param {(note: (text: string) => void) => Promise<T>} work `note` replaces the text after the label
 * @param {{ quiet?: boolean, failed?: (result: T) => boolean }} [options]
 * @returns {Promise<T>}
 */
export async function step(label, work, { quiet = false, failed = () => false } = {}) {
  const begun = Date.now();
  let extra = '';
  const elapsed = () => seconds(Date.now() - begun);
  const line = () => `${label}${extra === '' ? '' : `: ${extra}`}`;
  if (!quiet) stream.write(tty ? `… ${line()}` : `… ${line()}\n`);
  const timer = setInterval(
    () => { if (!quiet) stream.write(tty ? `\r\x1b[K… ${line()} (${elapsed()})` : `… ${line()} (${elapsed()}, still going)\n`); },
    tty ? 1000 : 60_000,
  );
  const end = (mark) => { if (!quiet) stream.write(`${tty ? '\r\x1b[K' : ''}${mark} ${line()} (${elapsed()})\n`); };
  try {
    const result = await work((text) => { extra = text; });
    end(failed(result) ? '✗' : '✓');
    return result;
  } catch (error) {
    end('✗');
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Prints a failure and what to do; the one place where scripts report errors. @param {unknown} error */
export function reportFailure(error) {
  if (error instanceof Interrupted) {
    process.stderr.write(`\n${error.message}\n`);
    return;
  }
  if (error instanceof StepError) {
    process.stderr.write(`\n✗ ${error.message}\n`);
    if (error.detail.trim() !== '') process.stderr.write(`${tail(error.detail).replace(/^/gm, '    ')}\n`);
    process.stderr.write(`  What to do: ${error.todo}\n`);
    return;
  }
  process.stderr.write(`\n✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

/** Runs a script's main function and turns its result into the exit code. @param {() => Promise<number>} main */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    reportFailure(error);
    process.exitCode = error instanceof Interrupted ? 130 : 1;
  }
}
