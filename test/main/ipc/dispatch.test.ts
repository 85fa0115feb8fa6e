import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDispatch, type Answer } from '#main/ipc/dispatch.ts';
import { contract } from '#shared/ipc/contract.ts';
import { command, query } from '#shared/ipc/define.ts';
import { CallsideError } from '#shared/ipc/errors.ts';

const small = {
  'a.read': query({ home: 'main', input: z.strictObject({ n: z.int().max(9) }), output: z.strictObject({ n: z.int() }) }),
  'a.write': command({ home: 'records', input: z.strictObject({}), output: z.strictObject({}) }),
} as const;

function setUp(answer: Answer, options: { checkOutput?: boolean; now?: () => number } = {}) {
  const logged: [string, unknown][] = [];
  const log = { warn: (message: string, details?: unknown) => void logged.push([message, details]), error: (message: string, details?: unknown) => void logged.push([message, details]) };
  const dispatch = createDispatch({ contract: small, homes: { main: answer, records: answer, knowledge: answer }, log, now: options.now ?? (() => 0), checkOutput: options.checkOutput ?? true });
  return { dispatch, logged };
}

describe('dispatch', () => {
  it('passes parsed input to the home and wraps its answer', async () => {
    const { dispatch } = setUp(async (_route, input) => input);
    expect(await dispatch({ route: 'a.read', input: { n: 3 }, id: 'x1' })).toEqual({ ok: true, data: { n: 3 } });
  });

  it.each([
    [undefined, 'bad-input'], [null, 'bad-input'], ['a.read', 'bad-input'], [{ route: 'a.read', input: {}, id: 'x', extra: 1 }, 'bad-input'],
    [{ route: 'a.read', input: { n: 10 }, id: 'x' }, 'bad-input'], [{ route: 'a.read', input: { n: 1, m: 1 }, id: 'x' }, 'bad-input'], [{ route: 'nope', input: {}, id: 'x' }, 'unknown-route'],
    [{ route: '__proto__', input: {}, id: 'x' }, 'unknown-route'], [{ route: 'hasOwnProperty', input: {}, id: 'x' }, 'unknown-route'], [{ route: 'a.read', input: { n: 1 }, id: 'a b' }, 'bad-input'],
  ])('%j is refused as %s and never reaches a home', async (message, code) => {
    let reached = false;
    const { dispatch } = setUp(async () => {
      reached = true;
      return {};
    });
    const reply = await dispatch(message);
    expect(reply.ok ? 'ok' : reply.error.code).toBe(code);
    expect(reached).toBe(false);
  });

  it('a known failure keeps its code, an unknown one says nothing of itself', async () => {
    const known = setUp(() => Promise.reject(new CallsideError('disk-full', 'The disk is full.')));
    expect(await known.dispatch({ route: 'a.write', input: {}, id: 'x' })).toEqual({ ok: false, error: { code: 'disk-full', message: 'The disk is full.', id: 'x' } });
    const unknown = setUp(() => Promise.reject(new Error('secret 4111111111111111')));
    const reply = await unknown.dispatch({ route: 'a.write', input: {}, id: 'x' });
    expect(JSON.stringify(reply)).not.toContain('4111');
    expect(unknown.logged[0]?.[0]).toBe('request failed');
  });

  it('an answer of the wrong shape is loud when outputs are checked', async () => {
    const { dispatch } = setUp(async () => ({ n: 'three' }));
    expect((await dispatch({ route: 'a.read', input: { n: 3 }, id: 'x' })).ok).toBe(false);
  });

  it('slow requests are listed by name, without their input', async () => {
    let time = 0;
    const { dispatch, logged } = setUp(async () => {
      time += 41;
      return { n: 1 };
    }, { now: () => time });
    await dispatch({ route: 'a.read', input: { n: 7 }, id: 'x' });
    expect(logged).toEqual([['slow request', { route: 'a.read', ms: 41 }]]);
  });
});

describe('the contract', () => {
  it('holds against fuzzed input: refused or parsed, never thrown, for every route', async () => {
    const homes = { main: async () => ({}), records: async () => ({}), knowledge: async () => ({}) };
    const dispatch = createDispatch({ contract, homes, log: { warn: () => undefined, error: () => undefined }, now: () => 0, checkOutput: false });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(contract)), fc.anything(), async (route, input) => {
        const reply = await dispatch({ route, input, id: 'x' });
        expect(reply.ok || reply.error.code === 'bad-input').toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('names every text with a cap, so that no request can grow without bound', () => {
    const huge = 'x'.repeat(30_000_000);
    for (const [name, route] of Object.entries(contract)) {
      const schema = z.toJSONSchema(route.input, { unrepresentable: 'any', io: 'input' });
      expect(JSON.stringify(schema).length, name).toBeGreaterThan(0);
      expect(route.input.safeParse({ text: huge, id: huge, callId: huge }).success, name).toBe(false);
    }
  });
});
