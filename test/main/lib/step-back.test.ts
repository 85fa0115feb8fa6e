import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

describe.runIf(process.platform === 'linux')('a process that steps back', () => {
  it('takes the threads along that were there before', () => {
    // Reading a file asynchronously makes the threads; what they are worth to the system stands in field 19 of stat.
    const program = `
      const { readdirSync, readFileSync } = await import('node:fs');
      await (await import('node:fs/promises')).readFile('/proc/self/stat');
      (await import(${JSON.stringify(resolve(import.meta.dirname, '../../../src/main/lib/step-back.ts'))})).stepBack();
      const nice = (tid) => Number(readFileSync('/proc/self/task/' + tid + '/stat', 'utf8').replace(/^.*\\) /s, '').split(' ')[16]);
      console.log(JSON.stringify(readdirSync('/proc/self/task').map(nice)));
    `;
    const worth = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })) as number[];
    expect(worth.length).toBeGreaterThan(4);
    expect(new Set(worth)).toEqual(new Set([10]));
  });
});
