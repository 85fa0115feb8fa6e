import { writeSync } from 'node:fs';

/** Collects the checks of a fault run and prints the count as the last line, for whoever runs it. */
export type Report = {
  /** One promise kept or broken, with the numbers it was judged by. */
  check(name: string, ok: boolean, detail?: string): void;
  /** A check that this machine cannot make, with what is missing. */
  skip(name: string, why: string): void;
  finish(): void;
};

export function createReport(): Report {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const say = (line: string): void => void writeSync(1, `${line}\n`);
  return {
    check: (name, ok, detail = '') => {
      if (ok) passed += 1;
      else failed += 1;
      say(`${ok ? 'ok  ' : 'FAIL'} ${name}${detail === '' ? '' : `: ${detail}`}`);
    },
    skip: (name, why) => {
      skipped += 1;
      say(`skip ${name}: ${why}`);
    },
    finish: () => {
      say(JSON.stringify({ passed, failed, skipped }));
      process.exitCode = failed === 0 ? 0 : 1;
    },
  };
}

