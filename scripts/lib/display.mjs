/** A screen for machines without one. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diesWithUs, which } from './exec.mjs';
import { StepError, say } from './report.mjs';

const SCREEN = '1920x1080x24';
const START_MS = 15_000;

/** Whether windows can only be shown on a virtual screen. @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform */
export function needsVirtualDisplay(env = process.env, platform = process.platform) {
  return platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}

/**
 * An Xauthority file that lets its owner, and nobody else on the machine, draw on and read the screen.
 * Fields are big-endian 16-bit: family 65535 (any host), then address, display number (empty: any),
 * scheme and cookie, each with its length.
 * @param {Buffer} cookie 16 bytes
 */
export function authorityFile(cookie) {
  const field = (/** @type {Buffer} */ bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
  return Buffer.concat([Buffer.from([0xff, 0xff]), field(Buffer.alloc(0)), field(Buffer.alloc(0)), field(Buffer.from('MIT-MAGIC-COOKIE-1')), field(cookie)]);
}

/**
 * Starts Xvfb on a free display number unless a display is there, and stops it when this process ends.
 * @param {{ quiet?: boolean }} [options]
 * @returns {Promise<{ env: Record<string, string>, stop: () => void }>} variables for programs that open windows
 */
export async function ensureDisplay({ quiet = false } = {}) {
  if (!needsVirtualDisplay()) return { env: {}, stop: () => {} };
  const screen = await startVirtualDisplay();
  if (!quiet) say(`! No display here: showing windows on a virtual screen (Xvfb ${screen.env['DISPLAY']}, ${SCREEN}).`);
  return screen;
}

/**
 * A virtual screen of the caller's own, whatever display is there: windows on different screens never take each
 * other's focus.
 * @returns {Promise<{ env: Record<string, string>, stop: () => void }>}
 */
export async function startVirtualDisplay() {
  const xvfb = which('Xvfb');
  if (xvfb === null) throw new StepError('There is no display, and Xvfb to make one is not installed.', 'Install it (Debian, Ubuntu: sudo apt-get install xvfb), or start from a desktop session.');
  const folder = mkdtempSync(join(tmpdir(), 'callside-display-'));
  const authority = join(folder, 'authority');
  writeFileSync(authority, authorityFile(randomBytes(16)), { mode: 0o600 });
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset', '-auth', authority];
  const [command, ...rest] = [...diesWithUs(), xvfb, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const stop = () => { child.kill('SIGTERM'); rmSync(folder, { recursive: true, force: true }); };
  process.once('exit', stop);
  const number = await displayNumber(child).catch((error) => { stop(); throw error; });
  // Neither the server nor its pipes may keep this process alive.
  child.unref();
  for (const stream of child.stdio) /** @type {import('node:net').Socket | null | undefined} */ (stream)?.unref();
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority, CALLSIDE_VIRTUAL_DISPLAY: '1' }, stop: () => { process.off('exit', stop); stop(); } };
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} */
function displayNumber(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    let errors = '';
    const fail = (/** @type {string} */ why) => reject(new StepError('The virtual screen (Xvfb) did not start.', 'Run Xvfb :99 by hand to see why; it must be able to write to /tmp/.X11-unix.', `${why}\n${errors}`));
    const timer = setTimeout(() => fail(`no answer in ${START_MS / 1000} s`), START_MS);
    child.stderr?.on('data', (chunk) => { errors += chunk; });
    child.stdio[3]?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) { clearTimeout(timer); resolve(text.trim()); }
    });
    child.on('error', (error) => { clearTimeout(timer); fail(error.message); });
    child.on('exit', (code) => { clearTimeout(timer); fail(`exit code ${code}`); });
  });
}
