import { spawn } from 'node:child_process';
import { launchOptions } from './fixtures.ts';

/** Starts Callside a second time on the same data folder, as a softphone would, and waits until it handed over. */
export function spawnAgain(dataDir: string, args: string[]): Promise<number | null> {
  const { executablePath, args: own, env } = launchOptions(dataDir, { args }) as { executablePath: string; args: string[]; env: Record<string, string> };
  return new Promise((done, fail) => {
    const child = spawn(executablePath, own, { env, stdio: 'ignore' });
    child.once('error', fail);
    child.once('exit', done);
  });
}
