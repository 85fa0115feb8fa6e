import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../../..');
const SCRATCH = join(ROOT, '.cache', 'faults');

const made: string[] = [];
process.once('exit', () => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** A folder of its own, gone when the run is over. */
export function scratchDir(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), `callside-${name}-`));
  made.push(dir);
  return dir;
}

/** How to start the writer: with this Node, or with the Electron in CALLSIDE_ELECTRON acting as Node. */
export type Runner = { command: string; args: string[]; env: Record<string, string>; name: string };

export async function writerRunner(program = 'writer'): Promise<Runner> {
  const bundle = await bundleWriter(program);
  const electron = process.env['CALLSIDE_ELECTRON'];
  if (electron === undefined || electron === '') return { command: process.execPath, args: [bundle], env: {}, name: 'node' };
  return { command: electron, args: [bundle], env: { ELECTRON_RUN_AS_NODE: '1' }, name: 'electron' };
}

/** One file: it starts faster, and Electron's Node may be too old to run TypeScript as it is. */
async function bundleWriter(program: string): Promise<string> {
  const alias = { '#shared': join(ROOT, 'src/shared'), '#main': join(ROOT, 'src/main') };
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { alias },
    build: { ssr: fileURLToPath(import.meta.resolve(`./${program}.ts`)), target: 'node20.18', outDir: SCRATCH, emptyOutDir: false, rollupOptions: { output: { format: 'es', entryFileNames: `${program}-${process.pid}.mjs` } } },
  });
  const file = join(SCRATCH, `${program}-${process.pid}.mjs`);
  process.once('exit', () => rmSync(file, { force: true }));
  return file;
}

export type Lines = { lines: string[]; code: number | null; signal: NodeJS.Signals | null };

/** Runs the writer to its end and returns what it said. */
export function runWriter(runner: Runner, args: readonly string[], env: Record<string, string> = {}): Lines {
  const result = spawnSync(runner.command, [...runner.args, ...args], { env: { ...process.env, ...runner.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 300_000 });
  return { lines: result.stdout.split('\n').filter((line) => line !== ''), code: result.status, signal: result.signal };
}

/** Starts the writer and hands each finished line to `onLine` while it runs. */
export function startWriter(runner: Runner, args: readonly string[], onLine: (line: string) => void): ChildProcess {
  const child = spawn(runner.command, [...runner.args, ...args], { env: { ...process.env, ...runner.env }, stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) onLine(line);
  });
  return child;
}

/** Builds the disk shim; undefined where there is no C compiler or no LD_PRELOAD. */
export function buildShim(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  mkdirSync(SCRATCH, { recursive: true });
  const out = join(SCRATCH, `disk-shim-${process.pid}.so`);
  try {
    if (!existsSync(out)) execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', out, join(HERE, 'disk-shim.c'), '-ldl', '-lpthread'], { stdio: 'pipe' });
    process.once('exit', () => rmSync(out, { force: true }));
    return out;
  } catch {
    return undefined;
  }
}
