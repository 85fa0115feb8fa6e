import { describe, expect, it } from 'vitest';
import { addTallies, settle, summaryLine, tallyPlaywright, tallyProof, tallyVitest, retriedTests } from '../../../scripts/lib/tally.mjs';

describe('the count of npm test', () => {
  it('prints skipped tests only when there are any', () => {
    expect(summaryLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('adds stages', () => {
    expect(addTallies({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })).toEqual({ passed: 11, failed: 22, skipped: 33 });
  });

  it('fails a runner that ran nothing, or crashed after its tests passed', () => {
    expect(settle({ passed: 0, failed: 0, skipped: 4 }, 0).failed).toBe(1);
    expect(settle({ passed: 9, failed: 0, skipped: 0 }, 1).failed).toBe(1);
    expect(settle({ passed: 9, failed: 0, skipped: 0 }, 0).failed).toBe(0);
    expect(settle({ passed: 9, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  });

  it('counts a test file that could not be loaded', () => {
    const report = {
      numPassedTests: 5, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    };
    expect(tallyVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('counts a test that passed at its second try, and names it', () => {
    const report = { suites: [{ file: 'a.spec.ts', specs: [{ title: 'sure', tests: [{ status: 'expected' }] }], suites: [{ file: 'a.spec.ts', specs: [{ title: 'shaky', tests: [{ status: 'flaky' }] }] }] }] };
    expect(retriedTests(report)).toEqual(['a.spec.ts › shaky']);
    expect(retriedTests({})).toEqual([]);
    expect(tallyPlaywright({ stats: { expected: 7, unexpected: 1, flaky: 2, skipped: 3 }, errors: [{}] })).toEqual({ passed: 9, failed: 2, skipped: 3 });
    expect(tallyPlaywright({})).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('reads the last line of a fault proof and fails one that stopped before it', () => {
    expect(tallyProof('kill 1\nkill 2\n{"passed":20,"failed":0}\n')).toEqual({ passed: 20, failed: 0, skipped: 0 });
    expect(tallyProof('{"passed":20,"failed":0}\nboom\n').failed).toBe(1);
    expect(tallyProof('{"passed":"20"}').failed).toBe(1);
    expect(tallyProof('').failed).toBe(1);
  });
});
