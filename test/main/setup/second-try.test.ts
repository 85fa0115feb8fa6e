import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { OUTSIDE } from '#test/outside.ts';
import { retriedUnitTests, tallyVitest } from '../../../scripts/lib/tally.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');

// The report is Vitest's own, so that another version of it cannot make the names go silent.
it('a unit test that passed only at its second try counts as passed and is named with why it failed; one that fails twice has failed', () => {
  const dir = mkdtempSync(join(tmpdir(), 'callside-second-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'), 'junction');
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(dir, 'a.test.mjs'), `
    import { describe, expect, it } from 'vitest';
    let tries = 0;
    describe('a server', () => {
      it('shaky', () => expect(tries++, 'not there yet').toBe(1));
      it('sure', () => undefined);
      it('broken', () => expect(1).toBe(2));
    });
  `);
  const file = join(dir, 'report.json');
  const run = spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', dir, '--retry=1', '--reporter=json', `--outputFile.json=${file}`], { cwd: dir, encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(1);
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  expect(tallyVitest(report)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  const named = retriedUnitTests(report, dir);
  expect(named).toHaveLength(1);
  expect(named[0]).toMatch(/^a\.test\.mjs › a server shaky\n.*not there yet/);
  expect(retriedUnitTests({}, dir)).toEqual([]);
});

it('no test that draws by chance has a second try, which would lose what it found', () => {
  for (const pattern of OUTSIDE) {
    const files = globSync(pattern, { cwd: ROOT });
    expect(files, pattern).not.toEqual([]);
    for (const file of files) expect(readFileSync(join(ROOT, file), 'utf8'), file).not.toMatch(/helpers\/property|Math\.random\(/);
  }
});

it('draws by chance follow from the seed of the run', () => {
  const direct = globSync('test/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) => /^import .* from 'fast-check'/m.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(direct.map((file) => file.replaceAll('\\', '/'))).toEqual(['test/helpers/property.ts']);
  const drawn = (seed: string): string => spawnSync(process.execPath, ['--input-type=module', '-e', `
    import { fc } from ${JSON.stringify(pathToFileURL(join(ROOT, 'test/helpers/property.ts')).href)};
    const seen = [];
    fc.assert(fc.property(fc.integer(), (one) => void seen.push(one)), { numRuns: 5 });
    console.log(seen.join());
  `], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, CALLSIDE_SEED: seed } }).stdout.trim();
  const first = drawn('7');
  expect(first).toMatch(/^-?\d+,/);
  expect(drawn('7')).toBe(first);
  expect(drawn('')).not.toBe(first);
});
