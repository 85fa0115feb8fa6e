import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';
import { maskPatternsOf, NO_POLICY, POLICY_MAX_BYTES, readPolicy, viewPolicy, type Policy, type PolicyProblem, type PolicyView } from '#shared/domain/policy.ts';
import { isSlowPattern } from './slow-pattern.ts';

export type PolicyService = {
  /** What is in force. Sections that nobody set are absent. */
  get(): Policy;
  view(): PolicyView;
  /** Reads again where the file changed; true: something else is in force, or shown, now. */
  refresh(): boolean;
};

export type PolicyDeps = {
  file: string;
  /** Copy of the last policy that could be read, in the data folder. */
  lastGood: string;
  warn(message: string, details: { kind: string; reason: string }): void;
};

type Read = { state: PolicyView['state']; policy: Policy; problem?: PolicyProblem };

/**
 * The organisation's policy. A file that cannot be used never keeps the desk from opening: the last one that
 * could be read stays in force, also over a restart, because a typing mistake must not switch masking off.
 * A file that is gone means that there is no policy any more.
 */
export function createPolicyService({ file, lastGood, warn }: PolicyDeps): PolicyService {
  let seen = '';
  let current: Read = { state: 'none', policy: NO_POLICY };

  const read = (): Read => {
    const found = load(file);
    if (found === undefined) {
      rmSync(lastGood, { force: true });
      return { state: 'none', policy: NO_POLICY };
    }
    if (found.ok) {
      keep(found.text);
      return { state: 'in-force', policy: found.policy };
    }
    warn('the policy file was not taken over', { kind: found.problem.kind, reason: found.problem.where });
    const before = current.state === 'none' || current.state === 'refused' ? stored() : current.policy;
    return before === undefined ? { state: 'refused', policy: NO_POLICY, problem: found.problem } : { state: 'last-good', policy: before, problem: found.problem };
  };

  const keep = (text: string): void => {
    try {
      if (!existsSync(lastGood) || readFileSync(lastGood, 'utf8') !== text) writeFileAtomic(lastGood, text);
    } catch {
      warn('no copy of the policy could be kept', { kind: 'copy', reason: '' });
    }
  };

  const stored = (): Policy | undefined => {
    const copy = load(lastGood);
    return copy?.ok === true ? copy.policy : undefined;
  };

  const refresh = (): boolean => {
    const mark = markOf(file);
    if (mark === seen) return false;
    seen = mark;
    const before = JSON.stringify(current);
    current = read();
    return JSON.stringify(current) !== before;
  };
  refresh();

  return { get: () => current.policy, view: () => viewPolicy(current.state, file, current.policy, current.problem), refresh };
}

/** Tells one state of a file from another without reading it. */
function markOf(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch (cause) {
    return `none ${codeOf(cause)}`;
  }
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

type Loaded = { ok: true; policy: Policy; text: string } | { ok: false; problem: PolicyProblem };

/** Undefined: there is no such file. Anything else that goes wrong is a problem to mend, not an absence. */
function load(file: string): Loaded | undefined {
  let text: string;
  try {
    if (statSync(file).size > POLICY_MAX_BYTES) return { ok: false, problem: { kind: 'too-large', where: '' } };
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = codeOf(cause);
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { ok: false, problem: { kind: 'unreadable', where: code } };
  }
  const parsed = readPolicy(text);
  if (!parsed.ok) return parsed;
  const slow = maskPatternsOf(parsed.policy).find(({ pattern }) => isSlowPattern(pattern));
  return slow === undefined ? { ...parsed, text } : { ok: false, problem: { kind: 'slow-pattern', where: slow.id } };
}
