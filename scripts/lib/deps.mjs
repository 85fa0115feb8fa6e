/** node_modules: installed exactly as package-lock.json says, with the Node the tools need. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from './exec.mjs';
import { npm, npmEnv, npmErrors } from './npm.mjs';
import { TOOL_NODE_MAJOR } from './pins.mjs';
import { StepError, step } from './report.mjs';

/** @param {string} root */
export function lockHash(root) {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

/**
 * Whether what npm says it installed (node_modules/.package-lock.json, written last by npm) covers
 * the lock file. Packages npm may leave out on this platform or by peer rules do not count.
 * @param {{ packages?: Record<string, any> }} wanted
 * @param {{ packages?: Record<string, any> }} installed
 */
export function coversLock(wanted, installed) {
  const have = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (path === '') return true;
    const found = have[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readJson(path) {
  try { return JSON.parse(readFileSync(path, 'utf8')); } catch { return undefined; }
}

/** The Node binary of the `node` package. @param {string} root */
export function toolNode(root) {
  return process.platform === 'win32' ? join(root, 'node_modules', 'node', 'bin', 'node.exe') : join(root, 'node_modules', '.bin', 'node');
}

/** @param {string} root */
export function dependenciesCurrent(root) {
  const wanted = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  return wanted !== undefined && installed !== undefined && coversLock(wanted, installed);
}

/** @param {string} root */
export async function installDependencies(root) {
  await step('Installing the packages of package-lock.json', async () => {
    // --include=dev: an NODE_ENV=production around us must not leave the tools out.
    const done = await npm(['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
    if (done.code === 0) return;
    throw new StepError(
      'The packages could not be installed (npm ci).',
      'Check that npm reaches its registry (npm ping) and that package.json and package-lock.json belong together, then run the command again.',
      npmErrors(done.output),
    );
  });
}

/**
 * Makes sure the `node` package has brought its binary. It does so in an install script, which npm
 * skips where scripts are switched off; then the same script is run by hand.
 * @param {string} root
 */
export async function ensureToolNode(root) {
  if (await toolNodeWorks(root)) return;
  await step(`Fetching Node ${TOOL_NODE_MAJOR} for the tools`, async () => {
    const folder = join(root, 'node_modules', 'node');
    const done = await exec(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, env: { ...npmEnv(), npm_config_ignore_scripts: 'false' } });
    const link = join(root, 'node_modules', '.bin', 'node');
    if (process.platform !== 'win32' && !existsSync(link)) {
      mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
      rmSync(link, { force: true });
      symlinkSync('../node/bin/node', link);
    }
    if (await toolNodeWorks(root)) return;
    throw new StepError(
      `Node ${TOOL_NODE_MAJOR} for the tools is missing: the npm package "node" did not bring its binary.`,
      'Delete node_modules and run the command again. If npm forbids install scripts here, run: npm rebuild node',
      done.output,
    );
  });
}

/** @param {string} root */
async function toolNodeWorks(root) {
  const node = toolNode(root);
  if (!existsSync(node)) return false;
  const { code, output } = await exec(node, ['--version']);
  return code === 0 && Number(/^v(\d+)\./.exec(output)?.[1]) >= TOOL_NODE_MAJOR;
}
