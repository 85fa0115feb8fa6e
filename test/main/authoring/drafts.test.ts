import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dumpSchema } from '#main/db/migrate.ts';
import { workshopMigrations } from '#main/db/migrations/workshop/index.ts';
import { createUnsentRepository, UNSENT_KEPT_MS } from '#main/features/authoring/unsent.repository.ts';
import { tempDir } from '../db/helpers.ts';
import { ANNA, BO, draftOf, openShop, type TestShop } from './helpers.ts';

const SOURCES = join(import.meta.dirname, '../../../src/main/db/migrations/workshop');

function shop(dir = tempDir()): TestShop {
  const opened = openShop(dir);
  onTestFinished(() => opened.workshop.close());
  return opened;
}

const LAMP = { sku: 'LAMP-1', name: 'Lamp', price: { amount: 1_999, currency: 'EUR' } };

function withLamp(): TestShop {
  const opened = shop();
  opened.live.set('product LAMP-1', { record: LAMP, ver: 4 });
  return opened;
}

test('the schema is the committed one, and its steps are those that were released', () => {
  const { workshop } = shop();
  const file = join(SOURCES, 'schema.sql');
  if (process.env['UPDATE_SCHEMA'] === '1' || !existsSync(file)) writeFileSync(file, dumpSchema(workshop.db));
  expect(dumpSchema(workshop.db)).toBe(readFileSync(file, 'utf8'));
  const hashes = Object.fromEntries(workshopMigrations.map(({ name }) => [name, createHash('sha256').update(readFileSync(join(SOURCES, `${name}.ts`))).digest('hex')]));
  expect(hashes).toEqual(JSON.parse(readFileSync(join(import.meta.dirname, 'migration-hashes.json'), 'utf8')));
});

test('drafts are written with full synchronisation', () => {
  expect(Number(shop().workshop.db.pragma('synchronous', { simple: true }))).toBe(2);
});

describe('writing', () => {
  test('a draft starts from what is live and knows its version; opening again takes up the same one', () => {
    const { service, next } = withLamp();
    const draft = draftOf(service.open(next(), ANNA, { from: 'live', kind: 'product', key: 'LAMP-1' }));
    expect(draft).toMatchObject({ key: 'LAMP-1', baseVer: 4, base: LAMP, record: LAMP, state: 'draft' });
    expect(draftOf(service.open(next(), ANNA, { from: 'live', kind: 'product', key: 'LAMP-1' })).id).toBe(draft.id);
    // A colleague gets a draft of their own: nobody writes into another's.
    expect(draftOf(service.open(next(), BO, { from: 'live', kind: 'product', key: 'LAMP-1' })).id).not.toBe(draft.id);
  });

  test('a command that is sent again changes nothing and says the same', () => {
    const { service, next } = withLamp();
    const first = service.open('same', ANNA, { from: 'new', kind: 'article' });
    expect(service.open('same', ANNA, { from: 'new', kind: 'article' })).toEqual(first);
    const draft = draftOf(first);
    const input = { id: draft.id, rev: draft.rev, record: { ...draft.record, title: 'Returns' } };
    const saved = service.save('save', ANNA, input);
    expect(service.save('save', ANNA, input)).toEqual(saved);
    expect(service.save(next(), ANNA, input)).toMatchObject({ ok: false, reason: 'stale' });
  });

  test('an edit made against an older state never overwrites a newer one', () => {
    const { service, next } = withLamp();
    const draft = draftOf(service.open(next(), ANNA, { from: 'live', kind: 'product', key: 'LAMP-1' }));
    service.save(next(), ANNA, { id: draft.id, rev: draft.rev, record: { ...LAMP, name: 'First window' } });
    const second = service.save(next(), ANNA, { id: draft.id, rev: draft.rev, record: { ...LAMP, name: 'Second window' } });
    expect(second).toMatchObject({ ok: false, reason: 'stale', draft: { record: { name: 'First window' } } });
    expect(service.save(next(), BO, { id: draft.id, rev: draft.rev + 1, record: LAMP })).toMatchObject({ ok: false, reason: 'not-the-author' });
  });

  test('a live record keeps its key whatever the editor sends', () => {
    const { service, next } = withLamp();
    const draft = draftOf(service.open(next(), ANNA, { from: 'live', kind: 'product', key: 'LAMP-1' }));
    expect(service.save(next(), ANNA, { id: draft.id, rev: draft.rev, record: { ...LAMP, sku: 'OTHER', name: 'New' } })).toMatchObject({ ok: true, key: 'LAMP-1' });
    expect(service.get(draft.id).draft?.record).toMatchObject({ sku: 'LAMP-1', name: 'New' });
  });

  test('undo and redo walk the steps; keystrokes of one field are one step; a new edit ends redo', () => {
    const { service, next, clock } = withLamp();
    let draft = draftOf(service.open(next(), ANNA, { from: 'live', kind: 'product', key: 'LAMP-1' }));
    const type = (name: string, group: string): void => {
      service.save(next(), ANNA, { id: draft.id, rev: draft.rev, record: { ...draft.record, name }, group });
      draft = service.get(draft.id).draft ?? draft;
    };
    const back = (): unknown => (draft = draftOf(service.undo(next(), ANNA, { id: draft.id, rev: draft.rev }))).record['name'];
    const forth = (): unknown => (draft = draftOf(service.redo(next(), ANNA, { id: draft.id, rev: draft.rev }))).record['name'];
    for (const name of ['Lamp A', 'Lamp AB', 'Lamp ABC']) {
      clock.at += 100;
      type(name, '/name');
    }
    clock.at += 60_000;
    type('Lamp D', '/name');
    expect(draft.canRedo).toBe(false);
    expect([back(), back(), draft.canUndo, forth()]).toEqual(['Lamp ABC', 'Lamp', false, 'Lamp ABC']);
    clock.at += 60_000;
    type('Lamp E', '/name');
    expect([draft.canRedo, back(), back()]).toEqual([false, 'Lamp ABC', 'Lamp']);
  });

  test('a discarded draft comes back', () => {
    const { service, next } = withLamp();
    const draft = draftOf(service.open(next(), ANNA, { from: 'live', kind: 'product', key: 'LAMP-1' }));
    service.discard(next(), ANNA, draft.id);
    expect(service.get(draft.id).draft).toBeNull();
    expect(draftOf(service.restore(next(), draft.id)).record).toEqual(LAMP);
  });
});

describe('two authors', () => {
  test('the one who comes second is told, chooses, and what the other published stays', () => {
    const { service, next, live } = withLamp();
    let draft = draftOf(service.open(next(), ANNA, { from: 'live', kind: 'product', key: 'LAMP-1' }));
    service.save(next(), ANNA, { id: draft.id, rev: draft.rev, record: { ...LAMP, price: { amount: 1_499, currency: 'EUR' } } });
    draft = service.get(draft.id).draft ?? draft;
    live.set('product LAMP-1', { record: { ...LAMP, name: 'Lamp, new name' }, ver: 5 });
    expect(service.act(next(), ANNA, { id: draft.id, rev: draft.rev, action: { type: 'submit' } })).toMatchObject({ ok: false, reason: 'conflict' });
    expect(service.compare(draft.id)).toMatchObject({ base: LAMP, live: { name: 'Lamp, new name' }, liveVer: 5, mine: { name: 'Lamp' } });
    const record = { ...LAMP, name: 'Lamp, new name', price: { amount: 1_499, currency: 'EUR' } };
    // Published once more while she was choosing: she has to look again.
    expect(service.resolve(next(), ANNA, { id: draft.id, rev: draft.rev, liveVer: 4, record })).toMatchObject({ ok: false, reason: 'stale' });
    draft = draftOf(service.resolve(next(), ANNA, { id: draft.id, rev: draft.rev, liveVer: 5, record }));
    expect(draft).toMatchObject({ baseVer: 5, record, canUndo: true });
    expect(service.act(next(), ANNA, { id: draft.id, rev: draft.rev, action: { type: 'submit' } })).toMatchObject({ ok: true, draft: { state: 'in-review' } });
  });

  test('a new record may not take the key of a live one', () => {
    const { service, next } = withLamp();
    const draft = draftOf(service.open(next(), ANNA, { from: 'new', kind: 'product', record: { sku: 'LAMP-1', name: 'Another lamp' } }));
    expect(service.act(next(), ANNA, { id: draft.id, rev: draft.rev, action: { type: 'submit' } })).toMatchObject({ ok: false, reason: 'key-taken' });
  });
});

describe('whatever happens to the program', () => {
  test('an acknowledged edit is there after the process is killed', async () => {
    for (let round = 0; round < 3; round += 1) {
      const dir = tempDir();
      const child = fork(join(import.meta.dirname, 'save-and-die.ts'), [dir], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      let id = '';
      let acknowledged = 0;
      await new Promise<void>((resolve) => {
        child.on('message', (message: { id?: string; n?: number }) => {
          id = message.id ?? id;
          acknowledged = message.n ?? acknowledged;
          if (acknowledged >= 5 + round * 9) child.kill('SIGKILL');
        });
        child.once('exit', () => resolve());
      });
      expect(acknowledged).toBeGreaterThanOrEqual(5);
      const body = shop(dir).service.get(id).draft?.record['body'];
      expect(typeof body === 'string' ? Number(body.replace('typed ', '')) : 0).toBeGreaterThanOrEqual(acknowledged);
    }
  });

  test('words typed for a review and not sent are there after the power was cut, until they are sent', () => {
    const dir = tempDir();
    const first = shop(dir);
    const typed = createUnsentRepository(first.workshop.db);
    typed.keep('review d1', 'It is 16.9', 1_000);
    typed.keep('review d1', 'It is 16.99.', 1_300);
    typed.keep('flag desk-a f1', 'Five years.', 1_400);
    typed.keep('review d2', 'sent', 1_500);
    typed.keep('review d2', '', 1_600);
    // No close: nothing of it waits for one.
    const again = createUnsentRepository(shop(dir).workshop.db);
    expect(['review d1', 'flag desk-a f1', 'review d2'].map(again.find)).toEqual(['It is 16.99.', 'Five years.', '']);
    again.purge(1_300 + UNSENT_KEPT_MS + 1);
    expect(['review d1', 'flag desk-a f1'].map(again.find)).toEqual(['', 'Five years.']);
  });

  test('a damaged file is set aside and the newest copy takes its place', () => {
    const dir = tempDir();
    const first = openShop(dir);
    const draft = draftOf(first.service.open('one', ANNA, { from: 'new', kind: 'article', record: { title: 'Kept' } }));
    expect(first.workshop.backups.make().ok).toBe(true);
    first.workshop.close();
    writeFileSync(join(dir, 'workshop.db'), 'this is no database, whatever its name says'.repeat(200));
    const again = shop(dir);
    expect(again.workshop.restoredFrom).toBeGreaterThan(0);
    expect(again.service.get(draft.id).draft?.record['title']).toBe('Kept');
    expect(readdirSync(join(dir, 'set-aside')).length).toBe(1);
  });
});
