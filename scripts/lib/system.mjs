/** What only the operating system can provide: shared libraries, a compiler, a virtual display. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exec, which } from './exec.mjs';
import { StepError, step } from './report.mjs';

/**
 * Debian and Ubuntu packages that bring the libraries Electron links to; newer releases have some of
 * them under a name with `t64`.
 */
const ELECTRON_PACKAGES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0', 'libdrm2', 'libxkbcommon0', 'libcups2', 'fonts-dejavu-core'];
const DISPLAY_PACKAGES = ['xvfb'];
const BUILD_PACKAGES = ['g++', 'make', 'python3'];

/** Names of libraries in ldd's output that were not found. @param {string} lddOutput */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/** @param {string} osRelease content of /etc/os-release */
export function isDebianLike(osRelease) {
  return /^(?:ID|ID_LIKE)=.*\b(?:debian|ubuntu)\b/m.test(osRelease);
}

function hasDisplay() {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Libraries and, without a display, Xvfb. @param {string} electron executable */
export async function ensureSystemLibraries(electron) {
  if (process.platform !== 'linux') return;
  const wanted = [];
  const { output } = await exec('ldd', [electron], { env: { ...process.env, LD_LIBRARY_PATH: dirname(electron), LC_ALL: 'C' } });
  const missing = missingLibraries(output);
  if (missing.length > 0) wanted.push(...ELECTRON_PACKAGES);
  else if (!existsSync('/usr/share/fonts')) wanted.push('fonts-dejavu-core');
  if (!hasDisplay() && which('Xvfb') === null) wanted.push(...DISPLAY_PACKAGES);
  if (wanted.length > 0) await install(wanted, missing.length > 0 ? `libraries Electron needs (${missing.join(', ')})` : 'a display for tests');
}

/** Compiler, make, Python and Node's headers. @param {string} root @returns {Promise<string>} node-gyp's nodedir */
export async function ensureBuildTools(root) {
  const wanted = BUILD_PACKAGES.filter((name) => which(name) === null);
  if (process.platform !== 'linux') {
    if (wanted.length > 0) throw new StepError(`Building the SQLite driver needs ${wanted.join(', ')}.`, 'Install them (macOS: xcode-select --install), then run the command again.');
  } else if (wanted.length > 0) await install(wanted, 'the tools that build the SQLite driver');
  let headers = await nodeHeaders(root);
  if (headers === null && process.platform === 'linux') {
    await install(['libnode-dev'], "Node's header files");
    headers = await nodeHeaders(root);
  }
  if (headers === null) throw new StepError("Node's header files (include/node/node_api.h) were not found.", 'Install them (Debian: libnode-dev), or set npm_config_nodedir to a folder that holds include/node, then run the command again.');
  return headers;
}

/** A folder with include/node/node_api.h and what gyp needs beside it. @param {string} root @returns {Promise<string | null>} */
async function nodeHeaders(root) {
  const outer = process.env.npm_node_execpath ?? '';
  const system = which('node', (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules')).join(':'));
  const executables = [outer, system ?? '', process.execPath].filter((path) => path !== '' && !path.startsWith(root));
  const real = await Promise.all(executables.map(async (path) => (await exec(path, ['-p', 'process.execPath'])).output.trim()));
  const candidates = [process.env.npm_config_nodedir ?? '', ...real.map((path) => dirname(dirname(path))), '/usr', '/usr/local'];
  return candidates.find((folder) => folder !== '' && ['node_api.h', 'common.gypi', 'config.gypi'].every((file) => existsSync(join(folder, 'include', 'node', file)))) ?? null;
}

/** @param {string[]} packages @param {string} purpose */
async function install(packages, purpose) {
  const debian = existsSync('/etc/os-release') && isDebianLike(readFileSync('/etc/os-release', 'utf8'));
  const root = process.getuid?.() === 0;
  const todo = debian
    ? `Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')} — then run the command again.`
    : `Install your distribution's packages for: ${packages.join(' ')} — then run the command again.`;
  const sudo = !root && process.env.CI !== undefined && which('sudo') !== null;
  if (!debian || which('apt-get') === null || (!root && !sudo)) throw new StepError(`This system lacks ${purpose}.`, todo);
  await step(`Installing ${purpose}: ${packages.join(' ')}`, async () => {
    const apt = async (args) => {
      const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args];
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      return sudo ? exec('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', ...command], { env }) : exec(command[0], command.slice(1), { env });
    };
    const update = await apt(['update']);
    const names = await Promise.all(packages.map(newName));
    const done = await apt(['install', '-y', '--no-install-recommends', ...names]);
    if (done.code !== 0) throw new StepError(`The packages for ${purpose} could not be installed.`, todo, `${update.output}\n${done.output}`);
  });
}

/** The name of a package on this release: `libgtk-3-0` or, since the 64-bit time change, `libgtk-3-0t64`. */
async function newName(name) {
  if (!name.startsWith('lib')) return name;
  const { output } = await exec('apt-cache', ['policy', `${name}t64`]);
  return /Candidate: (?!\(none\))\S/.test(output) ? `${name}t64` : name;
}
