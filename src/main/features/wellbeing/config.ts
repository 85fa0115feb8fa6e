import type { Settings } from '#shared/domain/settings.ts';
import { DEFAULT_RULES, presetById } from '#shared/domain/wellbeing/presets.ts';
import { breakRulesSchema, withMinimum, type BreakRules } from '#shared/domain/wellbeing/rules.ts';
import type { BreakConfig } from './runner.ts';

const MINUTE = 60_000;

/** Settings as the runner needs them. The organisation's preset is a minimum: it can only add. */
export function breakConfig(settings: Settings, override?: BreakRules): BreakConfig {
  const { preset, minimum, sound, hours, checkIns, shiftStart, shiftEnd, postpones, support } = settings.breaks;
  const own = presetById(preset)?.rules ?? DEFAULT_RULES;
  const least = minimum === '' ? undefined : presetById(minimum)?.rules;
  const rules = override ?? (least === undefined ? own : withMinimum(own, least));
  const some = support.people.length > 0 || support.words !== '' || support.emergency !== '';
  return {
    rules: { ...rules, sound, postpone: { ...rules.postpone, max: Math.min(rules.postpone.max, postpones) } },
    hours,
    asks: { perDay: checkIns.perDay, everyMs: checkIns.everyMinutes * MINUTE, shiftStart, shiftEnd },
    support: some ? { people: support.people, ...(support.words === '' ? {} : { words: support.words }), ...(support.emergency === '' ? {} : { emergency: support.emergency }) } : null,
  };
}

/** Rules short enough for a test, from the environment; only an app that is not packaged listens to them. */
export function testRules(text: string | undefined, packaged: boolean): BreakRules | undefined {
  if (packaged || text === undefined || text === '') return undefined;
  const given: unknown = JSON.parse(text);
  const parsed = breakRulesSchema.safeParse({ ...DEFAULT_RULES, ...(typeof given === 'object' ? given : {}) });
  return parsed.success ? parsed.data : undefined;
}
