import type { BreakRule, BreakRules, ScheduledKind } from '#shared/domain/wellbeing/rules.ts';

/**
 * A slow second opinion of the owed counter: the day written out second by second, read from the start with
 * whole knowledge of what came later, and counted with plain loops. It shares no code with the planner.
 */
export type Mark =
  /** Somebody was certainly working: talking, on hold. */
  | 'work'
  /** No call, no sign; decided by what comes next. */
  | 'quiet'
  /** The phone rang. */
  | 'ring'
  /** Locked, asleep, or no tick. */
  | 'away'
  /** In a break. */
  | 'micro' | 'rest' | 'meal' | 'recovery';

export interface Second {
  readonly mark: Mark;
  /** A sign of the agent at the end of this second. */
  sign: boolean;
  /** No-call silence is allowed to last this long (wrap-up allows more). */
  readonly patience: number | null;
  /** A break came to its full length with this second. */
  complete?: { readonly kind: ScheduledKind; readonly long: boolean; readonly startsAt: number };
  /** The agent began a break after this second: what was undecided before it was work. */
  began?: boolean;
  /** The agent skipped the card after this second; kinds no longer than it are not asked about. */
  skipped?: readonly ScheduledKind[];
}

export interface Count { granted: number; taken: number; covered: number; extra: number; due: boolean }

/** A key in the middle of a break does not end it, and nobody is back before it is over. */
function endsAbsence(second: Second): boolean {
  const inBreak = !['work', 'quiet', 'ring', 'away'].includes(second.mark) && second.complete === undefined;
  return second.began === true || (second.sign && !inBreak);
}

/** Every second as work (w), absence (a), or a break (its kind). */
export function decideSeconds(day: readonly Second[]): string[] {
  const labels: string[] = [];
  let undecided: number[] = [];
  let silent = 0;
  let absent = false;
  const settle = (label: string): void => { for (const index of undecided) labels[index] = label; undecided = []; };
  day.forEach((second, index) => {
    const { mark } = second;
    if (mark === 'work') { settle('w'); labels[index] = 'w'; absent = false; silent = 0; }
    else if (mark === 'away') { settle('a'); labels[index] = 'a'; absent = true; silent += 1; }
    else if (mark === 'ring') {
      if (absent) { labels[index] = 'a'; silent += 1; } else { settle('w'); labels[index] = 'w'; silent = 0; }
    } else if (mark === 'quiet') {
      silent += 1;
      if (second.patience === null) { settle('w'); labels[index] = 'w'; absent = false; }
      else if (absent) labels[index] = 'a';
      else {
        undecided.push(index);
        labels[index] = '?';
        if (silent >= second.patience) { settle('a'); absent = true; }
      }
    } else { labels[index] = mark; absent = true; silent = second.complete === undefined ? silent : 0; }
    if (endsAbsence(second)) { settle('w'); silent = 0; absent = false; }
  });
  settle('w');
  return labels;
}

/** Counts one kind of break over the decided day. */
export function countBreaks(day: readonly Second[], labels: readonly string[], kind: ScheduledKind, rules: BreakRules, points: readonly number[]): Count {
  const rule = rules[kind] as BreakRule;
  const length = rule.lengthMs / 1_000;
  const count: Count = { granted: 0, taken: 0, covered: 0, extra: 0, due: false };
  let [run, runGrants, effective, absence, elapsed] = [0, 0, 0, 0, 0];
  let settled = false;
  let dismissed = 0;
  let started = false;
  const comeBack = (): void => {
    if (absence >= length && rule.absenceSettles && !settled && count.granted > count.taken + count.covered) count.covered += 1;
    absence = 0;
    settled = false;
  };
  day.forEach((second, index) => {
    const label = labels[index] as string;
    const inBreak = label.length > 1;
    if (started) elapsed += 1;
    if (label === 'w') {
      comeBack();
      if (!started) { started = true; elapsed = 1; }
      run += 1;
      effective += 1;
    } else {
      absence += 1;
      if (inBreak && label !== 'meal' && started) effective += 1;
    }
    const { grant } = rule;
    if (grant.kind === 'continuous') {
      const reached = Math.floor((run * 1_000) / grant.everyMs);
      if (reached > runGrants) { count.granted += reached - runGrants; runGrants = reached; }
    }
    if (grant.kind === 'effective') count.granted = Math.max(count.granted, Math.floor((effective * 1_000) / grant.everyMs));
    if (grant.kind === 'fixed' && (label === 'w' || inBreak) && started) count.granted = Math.max(count.granted, points.filter((point) => point > 0 && point <= elapsed * 1_000).length);
    dismissed = Math.max(dismissed, Math.min(count.granted, count.taken + count.covered));
    if (absence >= length && label !== 'w') {
      run = 0; runGrants = 0; dismissed = count.granted;
    }
    const done = second.complete;
    if (done?.kind === kind) {
      if (done.long) {
        settled = true;
        const ahead = grant.kind === 'effective' && count.taken + count.covered <= count.granted && (count.granted + 1) * grant.everyMs - effective * 1_000 <= grant.earlyMs;
        if (count.granted > count.taken + count.covered || ahead) count.taken += 1; else count.extra += 1;
        run = grant.kind === 'continuous' ? done.startsAt / 1_000 : 0;
        runGrants = 0;
        dismissed = count.granted;
      }
    }
    if (second.skipped?.includes(kind) === true) dismissed = count.granted;
    if (endsAbsence(second)) comeBack();
  });
  count.due = count.granted > dismissed;
  return count;
}
