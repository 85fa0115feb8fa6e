/** The SQLite driver for the chosen Electron: the prebuilt one where it runs, else one built here once. */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedFolder, shortHash } from './cache.mjs';
import { exec } from './exec.mjs';
import { toolNode } from './deps.mjs';
import { SQLITE_CXXFLAGS, SQLITE_PREBUILT_NAPI } from './pins.mjs';
import { StepError, step } from './report.mjs';
import { ensureBuildTools } from './system.mjs';

/** @param {string} electron executable @returns {Promise<{ electron: string, napi: string, modules: string }>} */
export async function electronVersions(electron) {
  const { code, output } = await exec(electron, ['-p', 'JSON.stringify(process.versions)'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' }, timeoutMs: 30_000 });
  try {
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } catch {
    throw new StepError(`Electron does not start (${electron}, exit code ${code}).`, 'Delete that file\'s folder and run the command again; on Linux check for missing libraries with: ldd that-file | grep "not found"', output);
  }
}

/**
 * @param {string} root
 * @param {string} electron executable
 * @param {{ electron: string, napi: string, modules: string }} versions
 * @returns {Promise<string | null>} the binding to load, or null when the driver's own prebuilt one works
 */
export async function ensureSqlite(root, electron, versions) {
  const source = join(root, 'node_modules', 'better-sqlite3');
  if (Number(versions.napi) >= SQLITE_PREBUILT_NAPI && (await opensDatabase(electron, source, null)).code === 0) return null;
  const { name, version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report?.getReport() ?? {});
  const libc = report.header?.glibcVersionRuntime === undefined ? 'other' : 'glibc';
  const key = `sqlite-${version}-electron-abi${versions.modules}-${process.platform}-${process.arch}-${shortHash(name, SQLITE_CXXFLAGS, libc)}`;
  const folder = await cachedFolder(key, async (target) => {
    const nodedir = await ensureBuildTools(root);
    await step(`Building the SQLite driver for Electron ${versions.electron} (once, 1 to 3 minutes)`, () => build(root, source, target, nodedir, electron));
  });
  return join(folder, 'better_sqlite3.node');
}

/** Compiles a copy of the driver's sources and keeps only the binding, after it has opened a database. */
async function build(root, source, target, nodedir, electron) {
  const work = join(target, '.work');
  cpSync(source, join(work, 'better-sqlite3'), { recursive: true });
  rmSync(join(work, 'better-sqlite3', 'build'), { recursive: true, force: true });
  mkdirSync(join(work, 'node_modules'));
  symlinkSync(join(root, 'node_modules', 'node-addon-api'), join(work, 'node_modules', 'node-addon-api'), 'junction');
  const bin = join(root, 'node_modules', '.bin');
  const args = ['rebuild', '--release', '--force_build=1', '--jobs=2', ...(nodedir === null ? [] : [`--nodedir=${nodedir}`])];
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, CXXFLAGS: SQLITE_CXXFLAGS };
  const done = await exec(toolNode(root), [join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'), ...args], { cwd: join(work, 'better-sqlite3'), env });
  const binding = join(work, 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
  if (done.code !== 0 || !existsSync(binding)) {
    throw new StepError('The SQLite driver could not be built.', 'Check that g++, make and python3 work, then run the command again. The last lines above name the cause.', done.output);
  }
  const trial = await opensDatabase(electron, source, binding);
  if (trial.code !== 0) throw new StepError('The SQLite driver was built but does not open a database in Electron.', 'Report this with the lines above.', trial.output);
  copyFileSync(binding, join(target, 'better_sqlite3.node.part'));
  rmSync(work, { recursive: true, force: true });
  renameSync(join(target, 'better_sqlite3.node.part'), join(target, 'better_sqlite3.node'));
}

/** Opens an encrypted in-memory database with full-text search under the given Electron. */
function opensDatabase(electron, source, binding) {
  const options = binding === null ? '{}' : JSON.stringify({ nativeBinding: binding });
  const code = `const D = require(${JSON.stringify(source)}); const db = new D(':memory:', ${options});`
    + ` db.exec("create virtual table t using fts5(x, tokenize='trigram'); insert into t values ('hello')");`
    + ` if (db.prepare("select count(*) n from t('ell')").get().n !== 1) process.exit(3); db.close();`;
  return exec(electron, ['-e', code], { cwd: dirname(source), env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' }, timeoutMs: 30_000 });
}
