/**
 * The message broker that channel tests talk to: on PATH when it is new enough, else unpacked from Debian's package
 * archive into our cache. Nothing is installed system-wide, and no desk needs it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot, cachedFolder, shortHash } from './cache.mjs';
import { exec, which } from './exec.mjs';
import { step } from './report.mjs';

/** Batched Direct Get, which desks catch up by, came with this release. */
const OLDEST = [2, 11];
const FAILED_FOR_MS = 86_400_000;

/**
 * @returns {Promise<{ server: string } | { missing: string }>} the executable, or a sentence that says what to install
 */
export async function ensureNatsServer() {
  const found = which('nats-server');
  if (found !== null && isNewEnough((await exec(found, ['--version'])).output)) return { server: found };
  const missing = 'Tests against a real nats-server are skipped: install nats-server 2.11 or newer and put it on PATH.';
  const sources = debianSources();
  if (process.platform !== 'linux' || sources === null || which('apt-get') === null || which('dpkg-deb') === null) return { missing };
  if (failedRecently()) return { missing };
  try {
    const folder = await cachedFolder(`nats-server-sid-${shortHash(sources)}`, (part) => step('Unpacking nats-server from Debian (for tests, not installed)', () => unpack(part, sources)));
    const server = join(folder, 'root', 'usr', 'sbin', 'nats-server');
    if (existsSync(server)) return { server };
  } catch {
    rememberFailure();
  }
  return { missing };
}

/** @param {string} version output of `nats-server --version` */
export function isNewEnough(version) {
  const [, major, minor] = /v?(\d+)\.(\d+)\./.exec(version) ?? [];
  return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
}

/**
 * One source line for the archive this machine already uses, with the suite that carries a recent server.
 * @param {string} [listing] content of the apt source files
 * @returns {string | null}
 */
export function debianSources(listing = readSources()) {
  const urls = [...listing.matchAll(/https?:\/\/[^\s\]]+/g)].map(([url]) => url.replace(/\/$/, ''));
  const mirror = urls.find((url) => url.endsWith('/debian'));
  return mirror === undefined ? null : `deb [check-valid-until=no] ${mirror} sid main`;
}

function readSources() {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [])];
  return files.map((file) => { try { return readFileSync(file, 'utf8').replace(/^\s*#.*$/gm, ''); } catch { return ''; } }).join('\n');
}

/** apt with its state, cache and sources in `part`, so that the machine's own packages are not touched. */
async function unpack(part, sources) {
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'root']) mkdirSync(join(part, folder), { recursive: true });
  writeFileSync(join(part, 'sources.list'), `${sources}\n`);
  const options = Object.entries({
    'Dir::State': join(part, 'state'), 'Dir::State::status': '/var/lib/dpkg/status', 'Dir::Cache': join(part, 'cache'),
    'Dir::Etc::sourcelist': join(part, 'sources.list'), 'Dir::Etc::sourceparts': '-', 'APT::Sandbox::User': 'root', 'Acquire::Languages': 'none',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await must('apt-get', [...options, 'update'], part);
  await must('apt-get', [...options, 'download', 'nats-server'], part);
  const deb = readdirSync(part).find((name) => name.endsWith('.deb'));
  if (deb === undefined) throw new Error('no package came');
  await must('dpkg-deb', ['-x', join(part, deb), join(part, 'root')], part);
  const { output } = await exec(join(part, 'root', 'usr', 'sbin', 'nats-server'), ['--version']);
  if (!isNewEnough(output)) throw new Error(`too old: ${output}`);
  for (const rest of ['state', 'cache', deb]) rmSync(join(part, rest), { recursive: true, force: true });
}

async function must(command, args, cwd) {
  const { code, output } = await exec(command, args, { cwd, timeoutMs: 180_000 });
  if (code !== 0) throw new Error(`${command}: ${output.slice(-2_000)}`);
}

function failureFile() {
  return join(cacheRoot(), 'nats-server-unreachable.json');
}

function failedRecently() {
  try {
    return Date.now() - Number(JSON.parse(readFileSync(failureFile(), 'utf8')).at) < FAILED_FOR_MS;
  } catch {
    return false;
  }
}

function rememberFailure() {
  mkdirSync(cacheRoot(), { recursive: true });
  writeFileSync(failureFile(), JSON.stringify({ at: Date.now() }));
}
