/**
 * `npm test`: everything that has to hold, in one run and one count. Stages go on after a failed one.
 * `npm test -- --only unit,e2e` runs some of them.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { toolNode } from './lib/deps.mjs';
import { ensureDisplay } from './lib/display.mjs';
import { toolEnv } from './lib/env.mjs';
import { exec, wasInterrupted } from './lib/exec.mjs';
import { ensureNatsServer } from './lib/nats.mjs';
import { StepError, reportFailure, runMain, say, seconds, step } from './lib/report.mjs';
import { addTallies, emptyTally, retriedTests, retriedUnitTests, settle, summaryLine, tallyPlaywright, tallyProof, tallyVitest } from './lib/tally.mjs';
import { projectRoot, setup } from './setup.mjs';

/** @typedef {import('./lib/tally.mjs').Tally} Tally */
/** @typedef {{ name: string, label: string, run: () => Promise<{ tally: Tally, output: string }> }} Stage */

/** Far above what a stage needs; it turns a hang into a failure. */
const STAGE_LIMIT_MS = 20 * 60_000;
/** What properties draw from here; at a developer's own run they draw anew each time. */
const SEED = '20261122';

await runMain(async () => {
  const begun = Date.now();
  const only = onlyArgument(process.argv.slice(2));
  const runtime = await setup();
  const display = await ensureDisplay();
  const nats = await ensureNatsServer();
  if ('missing' in nats) say(`! ${nats.missing}`);
  const env = { ...toolEnv(runtime, display.env), ...('server' in nats ? { CALLSIDE_NATS_SERVER: nats.server } : {}) };
  const scratch = mkdtempSync(join(tmpdir(), 'callside-test-'));
  const stages = allStages(env, scratch);
  const unknown = only?.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) throw new StepError(`There is no test stage "${unknown}".`, `Choose from: ${stages.map((stage) => stage.name).join(', ')}`);
  let total = emptyTally();
  try {
    for (const stage of stages) {
      if (only !== null && !only.includes(stage.name)) continue;
      if (wasInterrupted()) { say('Interrupted.'); return 130; }
      total = addTallies(total, await runStage(stage));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    display.stop();
  }
  if (wasInterrupted()) { say('Interrupted.'); return 130; }
  say(`\nAll stages took ${seconds(Date.now() - begun)}.`);
  if (total.skipped > 0) say(`Skipped, because they cannot run here: ${total.skipped}.`);
  // Programs read the last line: nothing but these two numbers.
  say(summaryLine({ ...total, skipped: 0 }));
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});

/** @param {string[]} args @returns {string[] | null} */
function onlyArgument(args) {
  if (args.length === 0) return null;
  if (args[0] === '--only' && args.length === 2) return args[1].split(',');
  throw new StepError(`Unknown arguments: ${args.join(' ')}`, 'npm test runs everything; npm test -- --only unit,e2e runs some stages.');
}

/** @param {Stage} stage @returns {Promise<Tally>} */
async function runStage({ label, run }) {
  let output = '';
  const tally = await step(label, async (note) => {
    const result = await run().catch((error) => {
      reportFailure(error);
      return { tally: { passed: 0, failed: 1, skipped: 0 }, output: '' };
    });
    output = result.output;
    note(summaryLine(result.tally));
    return result.tally;
  }, { failed: (result) => result.failed > 0 });
  if (tally.failed > 0 && output.trim() !== '') say(output.trimEnd().replace(/^/gm, '    '));
  return tally;
}

/** @param {NodeJS.ProcessEnv} env @param {string} scratch @returns {Stage[]} */
function allStages(env, scratch) {
  // Reports are printed indented and kept in logs: no colours, which CI and FORCE_COLOR would switch on.
  const plain = { ...env, NO_COLOR: '1' };
  delete plain['FORCE_COLOR'];
  const tool = (name, args = [], more = {}) => exec(name, args, { cwd: projectRoot, env: { ...plain, ...more }, timeoutMs: STAGE_LIMIT_MS, shell: process.platform === 'win32' });
  /** A tool whose exit code is its whole answer. */
  const verdict = async (name, args) => {
    const { code, output } = await tool(name, args);
    return { tally: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, output };
  };
  return [
    { name: 'typecheck', label: 'Types', run: () => verdict('tsc', ['-b', '--pretty', 'false']) },
    { name: 'lint', label: 'Lint', run: () => verdict('oxlint', ['--type-aware']) },
    { name: 'knip', label: 'Unused code', run: () => verdict('knip') },
    {
      name: 'unit',
      label: 'Unit tests',
      run: async () => {
        const file = join(scratch, 'vitest.json');
        const { code, output } = await tool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], { CALLSIDE_SEED: SEED });
        saySecondTries(readReport(file, (report) => retriedUnitTests(report, projectRoot)));
        return { tally: settle(fromReport(file, tallyVitest), code), output };
      },
    },
    {
      name: 'e2e',
      label: 'The app in Electron',
      run: async () => {
        await ensureBuild(projectRoot);
        const file = join(scratch, 'playwright.json');
        const { code, output } = await tool('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
        saySecondTries(readReport(file, retriedTests));
        return { tally: settle(fromReport(file, tallyPlaywright), code), output };
      },
    },
    ...proofs().map((name) => ({
      name: 'faults',
      label: `Fault proof ${name.replace(/\.short\.ts$/, '')}`,
      run: async () => {
        await ensureBuild(projectRoot);
        const { code, output } = await tool(toolNode(projectRoot), [join(projectRoot, 'test', 'faults', name)]);
        return { tally: settle(tallyProof(output), code), output };
      },
    })),
  ];
}

/** @param {string[] | undefined} titles */
function saySecondTries(titles = []) {
  for (const title of titles) say(`! Passed only at the second try: ${title}`);
}

/** Short forms of the fault proofs. @returns {string[]} file names */
function proofs() {
  try {
    return readdirSync(join(projectRoot, 'test', 'faults')).filter((name) => name.endsWith('.short.ts')).sort();
  } catch {
    return [];
  }
}

/** @param {string} file @param {(report: any) => Tally} read @returns {Tally} */
function fromReport(file, read) {
  return readReport(file, read) ?? emptyTally();
}

/** @template T @param {string} file @param {(report: any) => T} read @returns {T | undefined} */
function readReport(file, read) {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
