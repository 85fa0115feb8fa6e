/** Turns what the test runners report into one honest count. */
import { relative } from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** @param {Tally} a @param {Tally} b @returns {Tally} */
export function addTallies(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `N passed, N failed` and, only when there are any, `, N skipped`. @param {Tally} tally */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * A runner that ended with an error, or ran no test at all, has failed even if no single test did.
 * @param {Tally} tally @param {number} exitCode @returns {Tally}
 */
export function settle(tally, exitCode) {
  if (tally.failed > 0) return tally;
  return exitCode !== 0 || tally.passed === 0 ? { ...tally, failed: 1 } : tally;
}

/**
 * Vitest's JSON report. A file that could not be loaded has no tests in it but is a failure.
 * @param {any} report @returns {Tally}
 */
export function tallyVitest(report) {
  const broken = (report.testResults ?? []).filter((/** @type {any} */ file) => file.status === 'failed' && !(file.assertionResults ?? []).some((/** @type {any} */ test) => test.status === 'failed')).length;
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + broken,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/**
 * Titles of the tests in Vitest's JSON report that passed only at their second try: they have passed, and have a failure.
 * @param {any} report @param {string} root folder the files are named from
 * @returns {string[]}
 */
export function retriedUnitTests(report, root) {
  return (report.testResults ?? []).flatMap((/** @type {any} */ file) => (file.assertionResults ?? [])
    .filter((/** @type {any} */ test) => test.status === 'passed' && (test.failureMessages ?? []).length > 0)
    .map((/** @type {any} */ test) => `${relative(root, file.name).replaceAll('\\', '/')} › ${test.fullName}\n    ${String(test.failureMessages[0]).split('\n')[0]}`));
}

/**
 * Playwright's JSON report. Windows on a virtual screen of a busy machine miss a key now and then, so a test
 * has a second try; one that needed it counts as passed and is named by {@link retriedTests}.
 * @param {any} report @returns {Tally}
 */
export function tallyPlaywright(report) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {};
  return { passed: expected + flaky, failed: unexpected + (report.errors ?? []).length, skipped };
}

/**
 * Titles of the tests that passed only at their second try: shown, so that nobody gets used to them.
 * @param {any} report @returns {string[]}
 */
export function retriedTests(report) {
  const inSuite = (/** @type {any} */ suite) => [
    ...(suite.specs ?? []).filter((/** @type {any} */ spec) => (spec.tests ?? []).some((/** @type {any} */ test) => test.status === 'flaky')).map((/** @type {any} */ spec) => `${suite.file ?? ''} › ${spec.title}`),
    ...(suite.suites ?? []).flatMap(inSuite),
  ];
  return (report.suites ?? []).flatMap(inSuite);
}

/**
 * The last line of a fault proof, `{"passed":n,"failed":n}`; without one the proof did not finish.
 * @param {string} output @returns {Tally}
 */
export function tallyProof(output) {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  try {
    const { passed, failed, skipped = 0 } = JSON.parse(line);
    if (Number.isInteger(passed) && Number.isInteger(failed)) return { passed, failed, skipped };
  } catch { /* not JSON: falls through */ }
  return { passed: 0, failed: 1, skipped: 0 };
}
