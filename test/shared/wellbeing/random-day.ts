import { fc } from '#test/helpers/property.ts';
import type { PlannerEffect, PlannerEvent } from '#shared/domain/wellbeing/events.ts';
import { planBreaks } from '#shared/domain/wellbeing/planner.ts';
import { DEFAULT_RULES } from '#shared/domain/wellbeing/presets.ts';
import { SCHEDULED_KINDS, type BreakKind, type BreakRules, type ScheduledKind } from '#shared/domain/wellbeing/rules.ts';
import { initialPlanner, isLivePhase, type CallPhase, type PlannerState } from '#shared/domain/wellbeing/state.ts';
import { parsePlannerState } from '#shared/domain/wellbeing/stored-state.ts';
import type { Mark, Second } from './reference.ts';

const MINUTE = 60_000;

/** One stretch of a day. Times in whole seconds. */
export type Stretch =
  | { readonly what: 'keys'; readonly seconds: number }
  | { readonly what: 'still'; readonly seconds: number }
  | { readonly what: 'call'; readonly ring: number; readonly talk: number; readonly hold: number; readonly wrapUp: number; readonly typing: boolean }
  | { readonly what: 'lock'; readonly seconds: number }
  | { readonly what: 'sleep'; readonly seconds: number; readonly monoRuns: boolean; readonly told: boolean }
  | { readonly what: 'gap'; readonly seconds: number }
  | { readonly what: 'restart'; readonly seconds: number }
  | { readonly what: 'clock'; readonly ms: number }
  | { readonly what: 'take'; readonly kind: ScheduledKind }
  | { readonly what: 'answer'; readonly how: 'take' | 'skip' | 'postpone' | 'leave'; readonly stay: number }
  | { readonly what: 'resume' };

const seconds = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

export const stretchArbitrary: fc.Arbitrary<Stretch> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('keys' as const), seconds: seconds(5, 500) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('still' as const), seconds: seconds(1, 500) }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('call' as const), ring: seconds(0, 20), talk: seconds(0, 450), hold: seconds(0, 60), wrapUp: seconds(0, 60), typing: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('lock' as const), seconds: seconds(1, 400) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('sleep' as const), seconds: seconds(1, 900), monoRuns: fc.boolean(), told: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('gap' as const), seconds: seconds(31, 600) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restart' as const), seconds: seconds(0, 500) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('clock' as const), ms: fc.constantFrom(-86_400_000, -3_600_000, 3_600_000, 86_400_000, 45_000) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('take' as const), kind: fc.constantFrom(...SCHEDULED_KINDS) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('answer' as const), how: fc.constantFrom('take', 'take', 'skip', 'postpone', 'leave'), stay: seconds(1, 300) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('resume' as const) }) },
);

const minutes = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max }).map((value) => value * MINUTE);
const ruleArbitrary = (lengths: number[]): fc.Arbitrary<BreakRules['rest']> => fc.record({
  lengthMs: fc.constantFrom(...lengths), absenceSettles: fc.boolean(),
  grant: fc.oneof(
    fc.record({ kind: fc.constant('continuous' as const), everyMs: minutes(4, 20) }),
    fc.record({ kind: fc.constant('effective' as const), everyMs: minutes(6, 20), earlyMs: minutes(0, 4) }),
    fc.record({ kind: fc.constant('fixed' as const), count: fc.integer({ min: 1, max: 3 }), edgeMs: minutes(0, 10) }),
  ),
});

/** Rules like the presets', with everything shorter so that an hour is a day. */
export const rulesArbitrary: fc.Arbitrary<BreakRules> = fc.record({
  micro: fc.option(ruleArbitrary([20_000, 60_000])), rest: ruleArbitrary([120_000, 300_000]), meal: fc.option(ruleArbitrary([600_000]), { freq: 2 }),
  limit: minutes(40, 90), idle: fc.option(fc.constant(2 * MINUTE), { freq: 2 }), cost: fc.constantFrom(0, 0.5, 1),
}).map(({ micro, rest, meal, limit, idle, cost }) => ({
  ...DEFAULT_RULES, preset: 'random', micro, rest, meal, dailyLimitMs: limit, idleAfterMs: idle,
  postpone: { stepsMs: [MINUTE, 2 * MINUTE], max: 3, totalMs: 5 * MINUTE, cost }, reofferMs: 2 * MINUTE,
}));

/** Plays stretches against the planner and writes the day down, second by second, for the reference. */
export class Player {
  readonly day: Second[] = [];
  readonly effects: { readonly effect: PlannerEffect; readonly phase: CallPhase }[] = [];
  readonly problems: string[] = [];
  state: PlannerState;
  private readonly tick: number;
  private mono = 1_000;
  private wall = Date.UTC(2026, 4, 4, 8);
  private locked = false;
  private asleep = false;
  private phase: CallPhase = 'none';
  private running: { kind: BreakKind; left: number; took: number; length: number; postponed: number } | null = null;
  private postponed = 0;

  constructor(rules: BreakRules, tick: number) {
    this.tick = tick;
    this.state = initialPlanner(rules);
    this.send({ type: 'boot' });
    this.send({ type: 'idle', ms: 0 });
  }

  private send(event: PlannerEvent): PlannerEffect[] {
    const result = planBreaks(this.state, event, { mono: this.mono, wall: this.wall, offset: 0 });
    const hadCard = this.state.card !== null;
    this.state = result.state;
    for (const effect of result.effects) {
      this.effects.push({ effect, phase: this.phase });
      if (isLivePhase(this.phase) && effect.type !== 'hideCard' && effect.type !== 'clockChanged' && effect.type !== 'record' && effect.type !== 'notReady' && effect.type !== 'breakEnded' && effect.type !== 'refused' && effect.type !== 'dayClosed') this.problems.push(`${effect.type} in a call`);
      if (effect.type === 'showCard' && (this.phase === 'wrap-up' || this.running !== null || this.locked || this.asleep)) this.problems.push(`card in ${this.phase}, ${this.running?.kind ?? 'no break'}`);
    }
    const shown = result.effects.filter((effect) => effect.type === 'showCard').length;
    const hidden = result.effects.filter((effect) => effect.type === 'hideCard').length;
    if (Number(hadCard) + shown - hidden !== Number(this.state.card !== null) || shown > 1) this.problems.push('cards do not add up');
    return result.effects;
  }

  private sign(began = false): void {
    const last = this.day[this.day.length - 1];
    if (last === undefined) return;
    if (began) last.began = true; else last.sign = true;
  }

  private patience(): number | null {
    const idle = this.state.rules.idleAfterMs;
    if (idle === null) return null;
    return (this.phase === 'wrap-up' ? Math.max(idle, 5 * MINUTE) : idle) / 1_000;
  }

  /** Writes one second down: what kind it was. */
  private write(mark: Mark): void {
    this.day.push({ mark, sign: false, patience: this.patience() });
  }

  private usual(): Mark {
    if (this.asleep) return 'away';
    if (this.phase === 'talking' || this.phase === 'on-hold') return 'work';
    if (this.locked) return 'away';
    return this.phase === 'ringing' ? 'ring' : 'quiet';
  }

  /** Writes down `count` seconds that are `mark` unless a break covers them. */
  private pass(count: number, mark: Mark): void {
    for (let left = count; left > 0; left--) {
      const { running } = this;
      if (running === null) { this.write(mark); continue; }
      this.write(running.kind);
      running.left -= 1;
      running.took += 1;
      if (running.left === 0) this.finishBreak(running);
    }
  }

  private finishBreak(running: NonNullable<Player['running']>): void {
    this.running = null;
    const kind = running.kind as ScheduledKind;
    const rule = this.state.rules[kind];
    const long = rule !== null && running.took * 1_000 >= rule.lengthMs;
    const cost = rule?.grant.kind === 'continuous' ? Math.min(running.postponed * this.state.rules.postpone.cost, rule.grant.everyMs / 2) : 0;
    const last = this.day[this.day.length - 1] as Second;
    last.complete = { kind, long, startsAt: cost };
    this.postponed = 0;
  }

  private advance(count: number): void {
    for (let left = count; left > 0; left -= this.tick) {
      const step = Math.min(this.tick, left);
      this.mono += step * 1_000;
      this.wall += step * 1_000;
      this.pass(step, this.usual());
      this.send({ type: 'tick' });
    }
  }

  private key(): void {
    this.locked = false;
    this.asleep = false;
    this.sign();
    this.send({ type: 'input' });
  }

  private setPhase(phase: CallPhase): void {
    const speaking = (candidate: CallPhase): boolean => candidate === 'talking' || candidate === 'on-hold';
    if (phase === this.phase) return;
    const answered = speaking(phase) && !speaking(this.phase);
    this.phase = phase;
    if (isLivePhase(phase)) this.running = null;
    if (answered) { this.locked = false; this.asleep = false; this.sign(); }
    this.send({ type: 'call', phase });
  }

  private keys(count: number): void {
    for (let left = count; left > 0; left -= 15) { this.advance(Math.min(15, left)); this.key(); }
  }

  private call(stretch: Extract<Stretch, { what: 'call' }>): void {
    this.setPhase('ringing');
    this.advance(stretch.ring);
    if (stretch.talk > 0) {
      this.setPhase('talking');
      this.advance(Math.ceil(stretch.talk / 2));
      if (stretch.hold > 0) { this.setPhase('on-hold'); this.advance(stretch.hold); this.setPhase('talking'); }
      this.advance(Math.floor(stretch.talk / 2));
      this.setPhase('wrap-up');
      if (stretch.typing) this.keys(stretch.wrapUp); else this.advance(stretch.wrapUp);
    }
    this.setPhase('none');
    if (stretch.talk > 0) this.key();
  }

  private gap(count: number, restart: boolean): void {
    const live = isLivePhase(this.phase);
    const away = count > (live ? 300 : 30);
    this.wall += count * 1_000;
    if (restart) {
      const stored = parsePlannerState(JSON.parse(JSON.stringify(this.state)));
      if (stored === undefined) throw new Error('state does not survive storing');
      this.state = stored;
      this.mono = 77;
    } else this.mono += count * 1_000;
    this.pass(count, away ? 'away' : this.usual());
    this.send({ type: restart ? 'boot' : 'tick' });
    if (restart || count > 30) this.asleep = false;
  }

  private begin(kind: BreakKind, event: PlannerEvent): void {
    const effects = this.send(event);
    const started = effects.find((effect) => effect.type === 'breakStarted');
    if (started?.type !== 'breakStarted') return;
    this.sign(true);
    this.running = { kind, left: started.lengthMs / 1_000, took: 0, length: started.lengthMs, postponed: this.postponed };
  }

  play(stretch: Stretch): void {
    switch (stretch.what) {
      case 'keys': this.keys(stretch.seconds); break;
      case 'still': this.advance(stretch.seconds); break;
      case 'call': this.call(stretch); break;
      case 'lock': this.locked = true; this.send({ type: 'lock' }); this.advance(stretch.seconds); this.key(); break;
      case 'sleep': this.sleep(stretch); break;
      case 'gap': this.gap(stretch.seconds, false); break;
      case 'restart': this.gap(stretch.seconds, true); break;
      case 'clock': this.setClock(stretch.ms); break;
      case 'take': this.begin(stretch.kind, { type: 'take', kind: stretch.kind }); this.advance(5); break;
      case 'answer': this.answer(stretch); break;
      case 'resume': this.begin(this.state.skipped?.kind ?? 'micro', { type: 'resumeSkipped' }); break;
      default: stretch satisfies never;
    }
  }

  /** Not between an announced sleep and the next sign of life: there a set clock and a long sleep look the same. */
  private setClock(ms: number): void {
    if (this.asleep) return;
    this.wall += ms;
    this.send({ type: 'tick' });
  }

  private sleep(stretch: Extract<Stretch, { what: 'sleep' }>): void {
    this.send({ type: 'sleep' });
    this.asleep = true;
    this.wall += stretch.seconds * 1_000;
    if (stretch.monoRuns) this.mono += stretch.seconds * 1_000;
    this.pass(stretch.seconds, 'away');
    this.send({ type: stretch.told ? 'wake' : 'tick' });
    if (stretch.told || stretch.seconds > 30) this.asleep = false;
  }

  private answer(stretch: Extract<Stretch, { what: 'answer' }>): void {
    const { card } = this.state;
    if (card === null) return;
    this.advance(3);
    const still = this.state.card;
    if (still === null) return;
    if (stretch.how === 'take') { this.begin(still.kind, { type: 'take', kind: still.kind, byKey: true }); this.advance(stretch.stay); }
    if (stretch.how === 'skip') {
      this.send({ type: 'skip', byKey: true });
      this.postponed = 0;
      (this.day[this.day.length - 1] as Second).skipped = SCHEDULED_KINDS.filter((kind) => (this.state.rules[kind]?.lengthMs ?? 0) <= still.lengthMs);
    }
    if (stretch.how === 'postpone') {
      const refused = this.send({ type: 'postpone', ms: MINUTE, byKey: true }).some((effect) => effect.type === 'refused');
      if (!refused) this.postponed += MINUTE;
    }
    if (stretch.how === 'leave') this.advance(70);
  }

  /** Ends the day quietly: whatever is still due has to come up now. */
  closeDown(): void {
    this.setPhase('none');
    if (this.running !== null) this.advance(this.running.left);
    this.key();
    for (let left = 30; left > 0 && this.state.card === null; left--) this.lookUp();
    this.key();
  }

  /** A little work, then hands off the keys for a moment. */
  lookUp(): void {
    this.keys(30);
    this.advance(8);
  }
}
