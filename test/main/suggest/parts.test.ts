import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { createConfidence } from '#main/features/suggest/engine/confidence.ts';
import type { Example } from '#main/features/suggest/engine/example.ts';
import { createKernelRidge, RIDGE } from '#main/features/suggest/engine/kernel-ridge.ts';
import { createPostingPool } from '#main/features/suggest/engine/posting-pool.ts';
import { respell } from '#main/features/suggest/engine/spelling.ts';
import { createVocabulary } from '#main/features/suggest/engine/vocabulary.ts';
import { words } from '#shared/domain/suggest/words.ts';

/** Solves A·x = b by elimination with pivots; the slow reference. */
function solve(a: number[][], b: number[]): number[] {
  const m = a.map((row, i) => [...row, b[i]!]);
  for (let c = 0; c < m.length; c += 1) {
    let p = c;
    for (let r = c; r < m.length; r += 1) if (Math.abs(m[r]![c]!) > Math.abs(m[p]![c]!)) p = r;
    [m[c], m[p]] = [m[p]!, m[c]!];
    for (let r = 0; r < m.length; r += 1) {
      if (r === c) continue;
      const f = m[r]![c]! / m[c]![c]!;
      for (let k = c; k <= m.length; k += 1) m[r]![k]! -= f * m[c]![k]!;
    }
  }
  return m.map((row, i) => row[m.length]! / row[i]!);
}

describe('kernel ridge', () => {
  it('comes to the exact solution of (K + Λ)·α = Y', () => {
    const n = 6;
    const points = Array.from({ length: n }, (_, i) => [Math.sin(i * 1.7), Math.cos(i * 2.3), Math.sin(i * i)]);
    const kernel = points.map((p) => points.map((q) => Math.exp(-p.reduce((sum, v, k) => sum + (v - q[k]!) ** 2, 0))));
    const classOf = [1, 1, 2, 2, 1, 2];
    const weights = [1, 0.5, 1, 2, 1, 0.4];
    const ridge = createKernelRidge(16);
    for (let i = 0; i < n; i += 1) ridge.setClass(i, classOf[i]!, weights[i]!);
    for (let round = 0; round < 400; round += 1) for (let i = 0; i < n; i += 1) ridge.step(i, Float32Array.from(kernel[i]!));
    // Both classes hold three of six examples, so the balance between classes is one.
    const a = kernel.map((row, i) => row.map((value, j) => value + (i === j ? RIDGE / weights[i]! : 0)));
    const exact = solve(a, classOf.map((c) => (c === 1 ? 1 : 0)));
    for (let i = 0; i < n; i += 1) expect(ridge.coefficient(i, 1)).toBeCloseTo(exact[i]!, 2);
  });
});

describe('posting pool', () => {
  it('equals a map of maps after any additions and removals', () => {
    const change = fc.record({ hash: fc.integer({ min: 0, max: 12 }), slot: fc.integer({ min: 0, max: 7 }), put: fc.boolean() });
    fc.assert(fc.property(fc.array(change, { maxLength: 120 }), (changes) => {
      const pool = createPostingPool();
      const plain = new Map<number, Map<number, number>>();
      changes.forEach(({ hash, slot, put }, i) => {
        const own = plain.get(hash) ?? new Map<number, number>();
        if (put && !own.has(slot)) {
          pool.add(hash, slot, i + 1);
          own.set(slot, i + 1);
          plain.set(hash, own);
        } else if (!put) {
          pool.remove(hash, slot);
          own.delete(slot);
          if (own.size === 0) plain.delete(hash);
        }
      });
      expect(pool.size()).toBe(plain.size);
      for (let hash = 0; hash <= 12; hash += 1) {
        const out = new Float32Array(8);
        const feature = pool.find(hash);
        expect(feature === -1).toBe(!plain.has(hash));
        if (feature !== -1) pool.accumulate(feature, 2, out);
        for (let slot = 0; slot < 8; slot += 1) expect(out[slot]).toBe(2 * (plain.get(hash)?.get(slot) ?? 0));
      }
    }), { numRuns: 200 });
  });
});

describe('vocabulary and respelling', () => {
  const vocabulary = createVocabulary();
  vocabulary.add(['delivery', 'delivery', 'card', 'my', 'refund', 'lost', 'cost']);
  const said = (text: string): string[] => respell(words(text), vocabulary).map((word) => word.text);

  it.each([
    ['delivrey', ['delivery']], ['delyvery', ['delivery']], ['refnud', ['refund']], ['crad', ['card']],
    ['mycard', ['my', 'card']], ['ref und', ['refund']], ['zebra', ['zebra']], ['lost cost', ['lost', 'cost']],
  ])('%s → %j', (text, expected) => expect(said(text)).toEqual(expected));

  it('forgets a word when its last use goes', () => {
    const own = createVocabulary();
    own.add(['gizmo', 'gizmo']);
    own.remove(['gizmo']);
    expect(own.nearest('gizmi')).toBe('gizmo');
    own.remove(['gizmo']);
    expect(own.has('gizmo')).toBe(false);
    expect(own.nearest('gizmi')).toBeUndefined();
  });
});

describe('confidence', () => {
  const example = (id: number, confidence: number, right: boolean, before: number): Example =>
    ({ id: `e${id}`, classIndex: 1, text: 'x', weight: 1, source: 'chosen', slot: -1, before, guess: { confidence, right } });

  it('moves to the desk’s own record and back', () => {
    const record = createConfidence();
    const start = record.calibrated(0.95);
    const list = Array.from({ length: 60 }, (_, i) => example(i, 0.95, i % 2 === 0, 0.5));
    for (const one of list) record.count(one, 1);
    expect(record.calibrated(0.95)).toBeCloseTo(0.575, 1);
    for (const one of list) record.count(one, -1);
    expect(record.calibrated(0.95)).toBe(start);
  });
  it('lets one in ten good calls go', () => {
    const record = createConfidence();
    const fallback = record.threshold();
    for (let i = 0; i < 100; i += 1) record.count(example(i, 0.5, true, i / 100), 1);
    expect(record.threshold()).toBeCloseTo(0.1, 5);
    for (let i = 0; i < 100; i += 1) record.count(example(i, 0.5, true, i / 100), -1);
    expect(record.threshold()).toBe(fallback);
  });
});
