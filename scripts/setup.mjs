/**
 * Makes a fresh checkout runnable: packages, tools' Node, Electron, system libraries, SQLite driver.
 * Needs only the system's Node; every step is skipped when its result is already there.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, shortHash, withLock } from './lib/cache.mjs';
import { dependenciesCurrent, ensureToolNode, installDependencies, lockHash } from './lib/deps.mjs';
import { ensureElectron, officialFailedRecently } from './lib/electron.mjs';
import { SYSTEM_NODE_MAJOR } from './lib/pins.mjs';
import { StepError, runMain, say, seconds } from './lib/report.mjs';
import { electronVersions, ensureSqlite } from './lib/sqlite.mjs';
import { ensureSystemLibraries } from './lib/system.mjs';

/** The checkout these scripts belong to. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {object} SetupResult
 * @property {string} electron absolute path of the Electron executable
 * @property {string} electronVersion
 * @property {'official' | 'registry'} kind
 * @property {string | null} sqliteBinding binding to load in Electron, or null for the driver's own
 */

/**
 * Brings the checkout into a runnable state and says where the runtime is. Idempotent; two set-ups
 * of one checkout wait for each other.
 * @param {string} [root]
 * @returns {Promise<SetupResult>}
 * @throws {StepError} naming the step that failed and what to do
 */
export async function setup(root = projectRoot) {
  const begun = Date.now();
  if (Number(process.versions.node.split('.')[0]) < SYSTEM_NODE_MAJOR) {
    throw new StepError(`Callside needs Node ${SYSTEM_NODE_MAJOR} or newer; this is ${process.version}.`, 'Install a current Node, then run the command again.');
  }
  const ready = readStamp(root);
  if (ready !== null) return ready;
  const lock = join(cacheRoot(), 'locks', `${shortHash(resolve(root))}.lock`);
  return withLock(lock, async () => {
    const result = readStamp(root) ?? (await prepare(root));
    say(`✓ Set-up complete: Electron ${result.electronVersion} (${result.kind}), in ${seconds(Date.now() - begun)}`);
    return result;
  }, { waiting: () => say('… Waiting for another set-up of this folder to finish') });
}

/** @returns {Promise<SetupResult>} */
async function prepare(root) {
  if (!dependenciesCurrent(root)) await installDependencies(root);
  await ensureToolNode(root);
  const { electron, kind } = await ensureElectron(root);
  await ensureSystemLibraries(electron);
  const versions = await electronVersions(electron);
  const sqliteBinding = await ensureSqlite(root, electron, versions);
  const result = { electron, electronVersion: versions.electron, kind, sqliteBinding };
  writeStamp(root, result);
  return result;
}

function stampFile(root) {
  return join(root, 'node_modules', '.callside-setup.json');
}

/** What would make a finished set-up stale although every file is still there. */
function fingerprint(root) {
  const folder = join(root, 'scripts', 'runtime-shim');
  return shortHash(lockHash(root), readFileSync(join(folder, 'main.mjs'), 'utf8'), readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** @returns {SetupResult | null} the finished set-up, if it still holds */
function readStamp(root) {
  try {
    const { fingerprint: seen, ...result } = JSON.parse(readFileSync(stampFile(root), 'utf8'));
    if (seen !== fingerprint(root) || !existsSync(join(root, 'node_modules', '.package-lock.json'))) return null;
    if (!existsSync(result.electron) || (result.sqliteBinding !== null && !existsSync(result.sqliteBinding))) return null;
    // Once a day the substitute asks whether the official Electron has become reachable.
    return result.kind === 'registry' && !officialFailedRecently(root) ? null : result;
  } catch {
    return null;
  }
}

function writeStamp(root, result) {
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  const part = `${stampFile(root)}.${process.pid}.part`;
  writeFileSync(part, `${JSON.stringify({ ...result, fingerprint: fingerprint(root) }, null, 2)}\n`);
  renameSync(part, stampFile(root));
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const result = await setup();
    say(JSON.stringify(result, null, 2));
    return 0;
  });
}
