import { describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSearchIndex } from '#main/features/search/index.ts';
import { keysOf, newDesk, product } from './helpers.ts';

const run = (steps: Generator<void>): void => {
  for (const _ of steps) continue;
};

describe('changes', () => {
  it('replaces by key and removes', () => {
    const { index } = newDesk();
    index.apply({ put: [product('a', 'red lamp'), product('b', 'blue lamp')] });
    index.apply({ put: [product('a', 'green lamp')] });
    expect(keysOf(index, 'red')).not.toContain('a');
    expect(keysOf(index, 'green')[0]).toBe('a');
    index.apply({ remove: [{ kind: 'product', key: 'a' }] });
    expect(keysOf(index, 'lamp')).toEqual(['b']);
    expect(index.stats().docs).toBe(1);
  });

  it('keeps the last of two documents with one key', () => {
    const { index } = newDesk();
    index.apply({ put: [product('a', 'red lamp'), product('a', 'green lamp')] });
    expect(index.stats().docs).toBe(1);
    expect(index.query({ text: 'lamp' }).hits[0]?.title).toBe('green lamp');
    const session = index.begin();
    session.add([product('a', 'white lamp'), product('c', 'desk'), product('a', 'black lamp')]);
    session.commit();
    expect(index.stats().docs).toBe(2);
    expect(index.query({ text: 'lamp' }).hits.map((hit) => hit.title)).toEqual(['black lamp']);
  });

  it('follows a rollback, and a write after it', () => {
    const { db, index } = newDesk();
    index.apply({ put: [product('a', 'red lamp')] });
    expect(() => db.transaction(() => {
      index.apply({ put: [product('a', 'green lamp'), product('b', 'blue lamp')] });
      expect(keysOf(index, 'lamp')).toHaveLength(2);
      throw new Error('import failed');
    })()).toThrow('import failed');
    expect(index.query({ text: 'lamp' }).hits.map((hit) => hit.title)).toEqual(['red lamp']);
    index.apply({ put: [product('c', 'white lamp')] });
    expect(new Set(index.query({ text: 'lamp' }).hits.map((hit) => hit.title))).toEqual(new Set(['red lamp', 'white lamp']));
    expect(index.integrityCheck()).toMatchObject({ ok: true, problems: [] });
  });

  it('shows other connections what was committed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'callside-'));
    const { db, index } = newDesk(join(folder, 'k.db'));
    const other = new Database(join(folder, 'k.db'));
    const reader = openSearchIndex({ db: other, clock: Date.now });
    index.apply({ put: [product('a', 'red lamp')] });
    expect(keysOf(reader, 'lamp')).toEqual(['a']);
    index.apply({ put: [product('b', 'blue lamp')], remove: [{ kind: 'product', key: 'a' }] });
    expect(keysOf(reader, 'lamp')).toEqual(['b']);
    other.close();
    db.close();
    rmSync(folder, { recursive: true });
  });
});

describe('builds', () => {
  it('answers from the old snapshot until the commit', () => {
    const { index } = newDesk();
    index.apply({ put: [product('a', 'red lamp'), product('gone', 'old lamp')] });
    const session = index.begin();
    session.add([product('a', 'green lamp'), product('b', 'blue lamp')]);
    expect(index.query({ text: 'lamp' }).hits.map((hit) => hit.title).sort()).toEqual(['old lamp', 'red lamp']);
    const steps = session.commitSteps();
    steps.next();
    expect(index.stats().docs).toBe(2);
    run(steps);
    expect(new Set(keysOf(index, 'lamp'))).toEqual(new Set(['a', 'b', 'gone']));
    expect(index.query({ text: 'green lamp' }).hits[0]?.key).toBe('a');
  });

  it('lets a change in between survive, and a later build win for its own keys', () => {
    const { index } = newDesk();
    const session = index.begin();
    session.add([product('a', 'first lamp')]);
    index.apply({ put: [product('a', 'meanwhile lamp'), product('b', 'other lamp')] });
    session.commit();
    expect(new Set(index.query({ text: 'lamp' }).hits.map((hit) => hit.title))).toEqual(new Set(['first lamp', 'other lamp']));
  });

  it('rebuilds from the records while it answers, and sweeps what it replaced', () => {
    const { db, index } = newDesk();
    index.apply({ put: Array.from({ length: 50 }, (_, i) => product(`p${i}`, `lamp number ${i}`)) });
    const steps = index.rebuild(Array.from({ length: 1_200 }, (_, i) => product(`q${i}`, `desk number ${i}`)));
    steps.next();
    expect(keysOf(index, 'lamp').length).toBe(10);
    run(steps);
    expect(index.query({ text: 'lamp ' }).hits.some((hit) => hit.title.includes('lamp'))).toBe(false);
    expect(index.stats()).toMatchObject({ docs: 1_200, segments: 1 });
    run(index.maintain());
    expect(db.prepare('SELECT count(*) FROM search_segment').pluck().get()).toBe(1);
    expect(db.prepare('SELECT count(DISTINCT segment) FROM search_chunk').pluck().get()).toBe(1);
  });

  it('keeps what is changed while it rebuilds from records read before', () => {
    const { index } = newDesk();
    const records = Array.from({ length: 1_200 }, (_, i) => product(`q${i}`, `desk number ${i}`));
    index.apply({ put: records });
    const steps = index.rebuild(records);
    steps.next();
    steps.next();
    index.apply({ put: [product('q1', 'a lamp now'), product('new', 'a chair')], remove: [{ kind: 'product', key: 'q2' }] });
    run(steps);
    expect(index.stats().docs).toBe(1_200);
    expect(keysOf(index, 'lamp')).toEqual(['q1']);
    expect(keysOf(index, 'chair')).toEqual(['new']);
    expect(keysOf(index, 'desk number 2')).not.toContain('q2');
    expect(keysOf(index, 'desk number 1')).not.toContain('q1');
  });

  it('joins segments when idle and loses nothing', () => {
    const { index } = newDesk();
    for (let i = 0; i < 8; i++) {
      const session = index.begin();
      session.add(Array.from({ length: 40 }, (_, j) => product(`p${i}-${j}`, `lamp ${i} number ${j}`, { text: [`hidden${i} words`], price: j + 1, category: ['Home', `Room ${i}`] })));
      session.commit();
    }
    index.apply({ remove: [{ kind: 'product', key: 'p3-5' }] });
    const before = index.stats();
    run(index.maintain());
    const after = index.stats();
    expect(after.segments).toBeLessThan(before.segments);
    expect(after.docs).toBe(319);
    expect(keysOf(index, 'hidden6 ', 50)).toHaveLength(40);
    expect(keysOf(index, 'lamp 3 number 5')).not.toContain('p3-5');
    expect(keysOf(index, 'lamp 3 in:"room 3" <6', 50)).toHaveLength(5);
    expect(index.integrityCheck().ok).toBe(true);
  });
});

describe('who may see what', () => {
  it('respects dates and audiences', () => {
    const { index, clock } = newDesk();
    const now = clock.now;
    index.apply({ put: [
      { ...product('future', 'lamp future'), validFrom: now + 1_000 },
      { ...product('past', 'lamp past'), validUntil: now - 1 },
      { ...product('team', 'lamp team'), targets: { teams: ['north'] } },
      product('all', 'lamp all'),
    ] });
    expect(keysOf(index, 'lamp')).toEqual(['all']);
    expect(new Set(index.query({ text: 'lamp', context: { teams: ['north'] } }).hits.map((hit) => hit.key))).toEqual(new Set(['all', 'team']));
    // Who looks after the knowledge finds all of it.
    expect(index.query({ text: 'lamp', context: { everything: true } }).hits).toHaveLength(4);
    clock.now += 2_000;
    expect(keysOf(index, 'lamp')).toContain('future');
  });

  it('prefers what this desk picks, gently, and forgets on request', () => {
    const { index } = newDesk();
    index.apply({ put: [product('a', 'lamp aa'), product('b', 'lamp bb'), product('exact', 'lamp')] });
    expect(keysOf(index, 'lamp ')).toEqual(['exact', 'a', 'b']);
    for (let i = 0; i < 20; i++) index.recordPick('product', 'b');
    expect(keysOf(index, 'lamp ')).toEqual(['exact', 'b', 'a']);
    index.resetPicks();
    expect(keysOf(index, 'lamp ')).toEqual(['exact', 'a', 'b']);
  });

  it('uses supervisors’ synonyms, phrases too', () => {
    const { index } = newDesk();
    index.apply({ put: [product('v', 'Dustrel vacuum cleaner'), product('n', 'Kestrin laptop')] });
    expect(keysOf(index, 'hoover')).not.toContain('v');
    index.setSynonyms([['hoover', 'vacuum cleaner'], ['laptop', 'portable computer']]);
    expect(keysOf(index, 'hoover')[0]).toBe('v');
    expect(keysOf(index, 'hoovr')[0]).toBe('v');
    expect(keysOf(index, 'portable computer')[0]).toBe('n');
    expect(index.query({ text: 'hoover' }).hits[0]?.matches.length).toBeGreaterThan(0);
  });
});

describe('an index of an earlier layout', () => {
  it('answers nothing, says so, and is whole again after the rebuild', () => {
    const { db, index } = newDesk();
    index.apply({ put: [product('a', 'red lamp')] });
    db.prepare('UPDATE search_state SET format = 1, stamp = 7').run();
    expect(index.query({ text: 'lamp' })).toMatchObject({ hits: [], complete: false });
    expect(index.stats().outdated).toBe(true);
    // What is changed before the rebuild comes again with it.
    index.apply({ put: [product('b', 'blue lamp')] });
    run(index.rebuild([product('a', 'red lamp'), product('b', 'blue lamp')]));
    expect(index.stats()).toMatchObject({ docs: 2, outdated: false });
    expect(new Set(keysOf(index, 'lamp'))).toEqual(new Set(['a', 'b']));
    expect(openSearchIndex({ db, clock: Date.now }).stats()).toMatchObject({ docs: 2, outdated: false });
  });
});

describe('a large part published by another connection', () => {
  it('is waited for with the snapshot in hand until it is warm', () => {
    const folder = mkdtempSync(join(tmpdir(), 'callside-search-'));
    const { db, index } = newDesk(join(folder, 'knowledge.db'));
    index.apply({ put: [product('a', 'red lamp')] });
    const other = new Database(join(folder, 'knowledge.db'));
    const patient = openSearchIndex({ db: other, clock: Date.now, patient: true });
    expect(patient.query({ text: 'lamp' }).hits.map((hit) => hit.title)).toEqual(['red lamp']);
    const session = index.begin();
    session.add(Array.from({ length: 20_000 }, (_, i) => product(i === 0 ? 'a' : `p${i}`, `green lamp ${i}`)));
    session.commit();
    expect(patient.query({ text: 'lamp' }).hits.map((hit) => hit.title)).toEqual(['red lamp']);
    const steps = patient.warm();
    steps.next();
    expect(patient.query({ text: 'lamp' }).hits).toHaveLength(1);
    run(steps);
    expect(patient.query({ text: 'green lamp 7' }).hits[0]?.key).toBe('p7');
    expect(patient.query({ text: 'red lamp' }).hits.some((hit) => hit.title === 'red lamp')).toBe(false);
    // An own write never works on the old snapshot.
    patient.apply({ put: [product('p7', 'white lamp')] });
    expect(patient.query({ text: 'white lamp' }).hits[0]?.key).toBe('p7');
    other.close();
    db.close();
    rmSync(folder, { recursive: true });
  });
});
