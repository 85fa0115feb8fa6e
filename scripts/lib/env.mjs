/** The environment in which tools and Electron-based scripts run once the set-up is done. */
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { projectRoot } from '../setup.mjs';

/**
 * @param {import('../setup.mjs').SetupResult} runtime
 * @param {Record<string, string>} [display] from ensureDisplay
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv(runtime, display = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    ...display,
    PATH: [join(projectRoot, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
    CALLSIDE_ELECTRON: runtime.electron,
    // Tools that ask the `electron` package for its executable are given the same one.
    ELECTRON_OVERRIDE_DIST_PATH: dirname(runtime.electron),
  };
  delete env.CALLSIDE_SQLITE_BINDING;
  if (runtime.sqliteBinding !== null) env.CALLSIDE_SQLITE_BINDING = runtime.sqliteBinding;
  // Left over from a shell or an editor, it would turn Electron into plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  return env;
}

/** Chromium refuses its sandbox to root; everyone else keeps it. */
export function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * Reads `--screenshot FILE` and `--screenshot=FILE`; FILE is meant relative to where the command was typed.
 * @param {string[]} args
 * @param {string} from
 * @returns {{ rest: string[], screenshot: string | null }} the other arguments unchanged, the file absolute
 */
export function takeScreenshotArgument(args, from) {
  const at = args.findIndex((arg) => arg === '--screenshot' || arg.startsWith('--screenshot='));
  if (at === -1) return { rest: args, screenshot: null };
  const glued = args[at].startsWith('--screenshot=');
  const file = glued ? args[at].slice('--screenshot='.length) : args[at + 1];
  const rest = args.filter((_, index) => index !== at && (glued || index !== at + 1));
  if (file === undefined || file === '' || (!glued && file.startsWith('--'))) return { rest, screenshot: '' };
  return { rest, screenshot: isAbsolute(file) ? file : resolve(from, file) };
}
