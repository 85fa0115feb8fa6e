import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The reader ended the run: nothing failed, nothing more is to be started. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted; what is complete is kept.');
    this.name = 'Interrupted';
  }
}

/** @typedef {{ code: number, signal: string | null, output: string }} Finished */

/** Exit codes shells give for signals, so that a forwarded signal is recognisable outside. */
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/**
 * Runs a program to its end and keeps what it printed (the last 4 MB, stdout and stderr together).
 * A program that cannot be started ends with code 127 and the reason as output. Rejects only with
 * `Interrupted`, when a signal to us was the end of it.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, live?: boolean, timeoutMs?: number, shell?: boolean,
 *   watch?: (child: import('node:child_process').ChildProcess) => (() => void) }} [options]
 *   `live` also shows the output as it comes; `watch` may stop the child and returns its clean-up.
 * @returns {Promise<Finished>}
 */
export function exec(command, args, { cwd, env = process.env, live = false, timeoutMs = 0, shell = false, watch } = {}) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    const keep = (stream) => (chunk) => {
      if (live) stream.write(chunk);
      chunks.push(chunk);
      size += chunk.length;
      while (size > 4_000_000 && chunks.length > 1) size -= chunks.shift().length;
    };
    // A group of its own, so that a compiler or browser three levels down ends with its starter.
    const [program, ...rest] = shell ? [command, ...args] : [...diesWithUs(), command, ...args];
    const child = spawn(program, rest, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
    const unwatch = watch?.(child);
    const timer = timeoutMs > 0 ? setTimeout(() => killGroup(child, 'SIGKILL'), timeoutMs) : undefined;
    const forward = forwardSignals((signal) => killGroup(child, signal));
    const done = (finished) => { clearTimeout(timer); unwatch?.(); forward(); if (interrupted) reject(new Interrupted()); else resolve(finished); };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    child.on('error', (error) => done({ code: 127, signal: null, output: `${command}: ${error.message}` }));
    child.on('close', (code, signal) => done({ code: exitCode(code, signal), signal, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/**
 * Runs a program on this terminal, forwarding signals, and resolves with its exit code.
 * @param {string} command @param {string[]} args @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function execLive(command, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    const forward = forwardSignals((signal) => child.kill(signal));
    child.on('error', (error) => { forward(); reject(error); });
    child.on('close', (code, signal) => { forward(); resolve(exitCode(code, signal)); });
  });
}

/** @param {number | null} code @param {string | null} signal */
export function exitCode(code, signal) {
  return code ?? 128 + (SIGNAL_NUMBERS[signal ?? ''] ?? 1);
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch { /* already gone */ }
}

/**
 * The command prefix that makes the kernel end a child when this process is killed outright: an
 * `npm ci` left running would write into the folder that the next run installs into.
 * @returns {string[]}
 */
export function diesWithUs() {
  prefix ??= process.platform === 'linux' && which('setpriv') !== null ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];
  return prefix;
}

/** @type {string[] | undefined} */
let prefix;

/** Passes our own termination signals on; returns the undo. @param {(signal: NodeJS.Signals) => void} pass */
function forwardSignals(pass) {
  const signals = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  const handlers = signals.map((signal) => {
    const handler = () => { interrupted = true; pass(signal); };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => { for (const undo of handlers) undo(); };
}

let interrupted = false;
/** True once a termination signal arrived: later steps should not be started. */
export function wasInterrupted() {
  return interrupted;
}

/** The full path of a program on PATH, or null. @param {string} name @param {string} [path] */
export function which(name, path = process.env.PATH ?? '') {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe', ''] : [''];
  for (const folder of path.split(delimiter)) {
    for (const ending of endings) {
      const candidate = join(folder, name + ending);
      if (folder !== '' && existsSync(candidate)) return candidate;
    }
  }
  return null;
}
