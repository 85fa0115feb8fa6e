import { describe, expect, it } from 'vitest';
import { practiceCallerSchema } from '#shared/domain/desk-lists.ts';
import { scriptSchema } from '#shared/domain/scripts/schema.ts';
import { readPackFolder } from './pack-files.ts';

const parsed = readPackFolder('practice').map((file) => ({ name: file.name, result: practiceCallerSchema.safeParse(file.data) }));
const callers = parsed.flatMap(({ result }) => (result.success ? [result.data] : []));
const scripts = new Map(readPackFolder('scripts').map((file) => scriptSchema.parse(file.data)).map((script) => [script.id, script]));

describe('practice callers', () => {
  it.each(parsed)('$name is valid and named after its file', ({ name, result }) => {
    expect(result.error?.issues ?? []).toEqual([]);
    expect(result.data).toMatchObject({ id: name, language: 'en' });
  });

  it('are at least twelve, each for another script', () => {
    expect(callers.length).toBeGreaterThanOrEqual(12);
    expect(new Set(callers.map((caller) => caller.script)).size).toBe(callers.length);
  });

  it.each(callers.map((caller) => ({ id: caller.id, caller })))('$id speaks at steps its script has, once each', ({ caller }) => {
    const script = scripts.get(caller.script);
    expect(script?.kind).toBe('call');
    const steps = new Set(script?.steps.map((step) => step.id));
    const spoken = caller.lines.map((line) => line.step);
    expect(spoken.filter((step) => !steps.has(step))).toEqual([]);
    expect(new Set(spoken).size).toBe(spoken.length);
    expect(spoken.length).toBeGreaterThanOrEqual(8);
    // A caller for a sector the script does not serve could not be practised there.
    expect((caller.sectors ?? []).filter((sector) => script?.sectors?.includes(sector) === false)).toEqual([]);
  });

  it.each(callers.map((caller) => ({ id: caller.id, caller })))('$id has impatient lines, and twists with a good answer', ({ caller }) => {
    expect(caller.impatient.length).toBeGreaterThanOrEqual(2);
    expect(caller.twists.length).toBeGreaterThanOrEqual(1);
    for (const twist of caller.twists) {
      expect(twist.goodAnswer.length).toBeGreaterThan(60);
      // A twist after the last line of the caller would never be heard.
      expect(twist.afterSteps).toBeLessThan(caller.lines.length);
    }
  });

  it('never put a whole card number in anybody\'s mouth', () => {
    const said = callers.flatMap((caller) => [caller.opening, ...caller.impatient, ...caller.lines.map((line) => line.says), ...caller.twists.map((twist) => twist.says)]);
    expect(said.filter((text) => /(\d[ -]?){12,}/.test(text))).toEqual([]);
  });
});
