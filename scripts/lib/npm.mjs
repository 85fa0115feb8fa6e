/** Calls the npm client the user has, with the user's settings: no address of a registry appears here. */
import { delimiter, dirname, join } from 'node:path';
import { exec, which } from './exec.mjs';

/**
 * PATH without any node_modules/.bin, so that npm runs on the system's Node and not on the one
 * inside the folder that `npm ci` is about to delete.
 */
function systemPath() {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes(join('node_modules', '.bin')) && !folder.includes('node-gyp-bin')).join(delimiter);
}

/** How to start npm: the running one when a script was started through it, else the one on PATH. */
function npmCommand() {
  const path = systemPath();
  const cli = process.env.npm_execpath ?? '';
  const outer = process.env.npm_node_execpath ?? '';
  if (/npm-cli\.[cm]?js$/.test(cli) && outer !== '' && !outer.includes('node_modules')) return { command: outer, first: [cli], path: [dirname(outer), path].join(delimiter), shell: false };
  return { command: which('npm', path) ?? 'npm', first: [], path, shell: process.platform === 'win32' };
}

/**
 * @param {string[]} args
 * @param {{ cwd?: string, live?: boolean, env?: Record<string, string> }} [options] `env` is added to ours
 * @returns {Promise<import('./exec.mjs').Finished>}
 */
export function npm(args, { env = {}, ...options } = {}) {
  const { command, first, path, shell } = npmCommand();
  return exec(command, [...first, ...args], { ...options, shell, env: { ...cleanEnv(path), ...env } });
}

/** @param {string} path */
function cleanEnv(path) {
  const env = { ...process.env, PATH: path };
  // Per-script variables of an outer `npm run` would be taken for settings of the inner call.
  for (const name of Object.keys(env)) if (/^npm_(package|lifecycle|command|config_local_prefix|node_execpath|execpath)/.test(name)) delete env[name];
  return env;
}

/** What npm says went wrong, without its notices, warnings and usage text. @param {string} output */
export function npmErrors(output) {
  const lines = output.split('\n');
  const usage = lines.findIndex((line) => /^npm error (?:Clean install a project|Usage:)/.test(line));
  const errors = lines.slice(0, usage === -1 ? undefined : usage).filter((line) => line.startsWith('npm error') && line.trim() !== 'npm error');
  return errors.length > 0 ? errors.slice(0, 30).join('\n') : output;
}

/** The environment for tools that call npm themselves (the `node` package's installer). */
export function npmEnv() {
  return cleanEnv(npmCommand().path);
}
