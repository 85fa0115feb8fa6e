import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// `npm run faults:notes`: the long forms, one after the other. `node test/faults/run.ts PREFIX`.
const prefix = process.argv[2] ?? '';
const files = readdirSync(import.meta.dirname).filter((name) => name.startsWith(`${prefix}-`) && name.endsWith('.ts') && !name.endsWith('.short.ts'));
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of files.toSorted()) {
  const began = performance.now();
  process.stdout.write(`\n${name}\n`);
  const { stdout, status } = spawnSync(process.execPath, [join(import.meta.dirname, name)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  const lines = stdout.trimEnd().split('\n');
  process.stdout.write(`${lines.slice(0, -1).join('\n')}\n${Math.round((performance.now() - began) / 1000)} s\n`);
  const counts = readCounts(lines.at(-1) ?? '');
  total.passed += counts.passed;
  total.failed += counts.failed + (status !== 0 && counts.failed === 0 ? 1 : 0);
  total.skipped += counts.skipped;
}
process.stdout.write(`${JSON.stringify(total)}\n`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

function readCounts(line: string): typeof total {
  try {
    const { passed = 0, failed = 0, skipped = 0 } = JSON.parse(line) as Partial<typeof total>;
    return { passed, failed, skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
