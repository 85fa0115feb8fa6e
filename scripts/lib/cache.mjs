/** The per-user cache: whole folders, named by content, that appear at once or not at all. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, join } from 'node:path';

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform @param {string} home */
export function cacheRoot(env = process.env, platform = process.platform, home = homedir()) {
  // The XDG specification: a relative path is to be ignored.
  if (env.XDG_CACHE_HOME?.startsWith('/')) return join(env.XDG_CACHE_HOME, 'callside');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'callside', 'cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'callside');
  return join(home, '.cache', 'callside');
}

/** First 16 hex digits of the SHA-256 of the parts. @param {...string} parts */
export function shortHash(...parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

/**
 * Returns the cached folder `name`, building it first when it is missing. The build happens in a
 * folder beside it that is renamed when complete, so a kill leaves nothing half-made under the name;
 * of two builders the first wins and the other's work is thrown away.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} build
 * @param {string} [root]
 */
export async function cachedFolder(name, build, root = cacheRoot()) {
  const final = join(root, name);
  if (isFolder(final)) return final;
  mkdirSync(root, { recursive: true });
  return withLock(join(root, `${name}.lock`), async () => {
    if (isFolder(final)) return final;
    // Under the lock any other unfinished folder of this name belongs to a builder that is gone.
    for (const entry of readdirSync(root)) if (entry.startsWith(`${name}.part-`)) {
      // Its compiler may still be writing; what cannot be removed now is removed another time.
      try { rmSync(join(root, entry), { recursive: true, force: true, maxRetries: 5 }); } catch { /* another time */ }
    }
    const part = join(root, `${name}.part-${randomBytes(6).toString('hex')}`);
    mkdirSync(part);
    try {
      await build(part);
      renameSync(part, final);
    } catch (error) {
      rmSync(part, { recursive: true, force: true });
      if (!isFolder(final)) throw error;
    }
    return final;
  });
}

/** @param {string} path */
function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

const HEARTBEAT_MS = 5_000;
const STALE_MS = 60_000;

/**
 * Runs `work` while holding a lock file. The holder touches the file every few seconds; a lock whose
 * process is gone, or that was not touched for a minute, is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ waiting?: () => void, pollMs?: number }} [options] `waiting` is called once if the lock is held by another
 * @returns {Promise<T>}
 */
export async function withLock(path, work, { waiting, pollMs = 300 } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const token = `${process.pid} ${hostname()} ${randomBytes(8).toString('hex')}`;
  for (let waited = false; !acquire(path, token); ) {
    if (isStale(path)) { removeStale(path); continue; }
    if (!waited) waiting?.();
    waited = true;
    await new Promise((resolve) => { setTimeout(resolve, pollMs); });
  }
  const heartbeat = setInterval(() => { try { utimesSync(path, new Date(), new Date()); } catch { /* taken over */ } }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (readLock(path) === token) rmSync(path, { force: true });
  }
}

/** Moves the lock aside before deleting it, so that a lock another waiter has just taken is put back. */
function removeStale(path) {
  const seen = readLock(path);
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
    if (readLock(aside) === seen) rmSync(aside, { force: true });
    else renameSync(aside, path);
  } catch { /* another waiter was faster */ }
}

function acquire(path, token) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, token);
    closeSync(file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function readLock(path) {
  try { return readFileSync(path, 'utf8'); } catch { return ''; }
}

/** @param {string} path */
export function isStale(path) {
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined) return false;
  if (Date.now() - touched > STALE_MS) return true;
  const [pid, host] = readLock(path).split(' ');
  if (host !== hostname() || !Number.isInteger(Number(pid)) || Number(pid) <= 0) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

/** @param {unknown} error @returns {string | undefined} */
function errorCode(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
