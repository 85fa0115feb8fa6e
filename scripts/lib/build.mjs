/** out/: built when any source, configuration or dependency differs from what it was built from. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { cacheRoot, shortHash, withLock } from './cache.mjs';
import { npm } from './npm.mjs';
import { StepError, say, step } from './report.mjs';

const FOLDERS = ['src', 'resources', 'scripts/starter-pack'];
const FILES = ['package.json', 'package-lock.json', 'scripts/build-pack.ts', 'electron.vite.config.ts', 'postcss.config.cjs', 'tsconfig.base.json'];
/** Written by the build itself. */
const GENERATED = new Set(['resources/starter-pack.ndjson']);

/**
 * Changes whenever a source is added, removed or edited: path, size and time of each file.
 * @param {string} root
 */
export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ path) => {
    const name = relative(root, path).replaceAll('\\', '/');
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || GENERATED.has(name)) return;
    if (stat.isDirectory()) for (const entry of readdirSync(path).sort()) add(join(path, entry));
    else hash.update(`${name}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const path of [...FOLDERS, ...FILES]) add(join(root, path));
  return hash.digest('hex');
}

/** @param {string} root */
function buildIsFresh(root) {
  try {
    return readFileSync(stampFile(root), 'utf8') === sourceFingerprint(root) && existsSync(join(root, 'out', 'main', 'index.js'));
  } catch {
    return false;
  }
}

function stampFile(root) {
  return join(root, 'out', '.built-from');
}

/** Builds the app unless out/ is current. @param {string} root */
export async function ensureBuild(root) {
  if (buildIsFresh(root)) return;
  const lock = join(cacheRoot(), 'locks', `${shortHash(resolve(root))}-build.lock`);
  await withLock(lock, async () => {
    if (buildIsFresh(root)) return;
    await step('Building the app', async () => {
      rmSync(stampFile(root), { force: true });
      const fingerprint = sourceFingerprint(root);
      const done = await npm(['run', '--silent', 'build'], { cwd: root, env: { NODE_ENV: 'production' } });
      if (done.code !== 0) throw new StepError('The app could not be built.', 'Correct what the lines above name; npm run build shows the whole output.', done.output);
      mkdirSync(join(root, 'out'), { recursive: true });
      writeFileSync(stampFile(root), fingerprint);
    });
  }, { waiting: () => say('… Waiting for another build of this folder to finish') });
}
