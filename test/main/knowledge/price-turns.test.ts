import { expect, it } from 'vitest';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase } from '#main/db/open.ts';
import { createKnowledgeRepository, createPriceTurns } from '#main/features/knowledge/index.ts';
import { createSearchTables, openSearchIndex, toSearchDoc } from '#main/features/search/index.ts';
import type { Product } from '#shared/domain/product.ts';

const NIGHT = Date.UTC(2026, 10, 21);
const HOUR = 3_600_000;

/** A desk whose clock and writing rights a test sets. */
function desk() {
  const db = openDatabase({ file: ':memory:', kind: 'knowledge' });
  migrate(db, knowledgeMigrations);
  createSearchTables(db);
  const state = { now: NIGHT - HOUR, mayWrite: true };
  const repository = createKnowledgeRepository(db);
  const index = openSearchIndex({ db, clock: () => state.now });
  const source = repository.saveSource('kb:shop', '', state.now);
  const told: string[] = [];
  const open = () =>
    createPriceTurns({
      db, breathe: () => Promise.resolve(), mayWrite: () => state.mayWrite, now: () => state.now,
      turned: (products) => {
        told.push(...products.map(({ sku }) => sku));
        index.apply({ put: products.flatMap((record) => toSearchDoc({ kind: 'product', record }, 'en', state.now) ?? []) });
      },
    });
  return {
    state, told, open, db,
    put: (record: Product): void => {
      repository.put({ kind: 'product', record }, source);
      index.apply({ put: [toSearchDoc({ kind: 'product', record }, 'en', state.now)].filter((doc) => doc !== undefined) });
    },
    /** Lamps for less than 30. */
    cheap: () => index.query({ text: 'lamp < 30', limit: 10, context: { everything: true } }).hits.map(({ key }) => key),
  };
}

const lamp = (sku: string, now: number, later?: number): Product => ({
  sku, name: `Lamp ${sku}`, price: { amount: now, currency: 'EUR' }, ...(later === undefined ? {} : { plannedPrices: [{ amount: later, currency: 'EUR', validFrom: NIGHT }] }),
});

it('a search by price finds the price of the day from the moment it takes over, and never before', async () => {
  const { state, told, open, put, cheap } = desk();
  put(lamp('A', 4_000, 2_000));
  put(lamp('B', 2_500));
  const turns = open();
  await turns.look();
  expect([cheap(), told]).toEqual([['B'], []]);
  state.now = NIGHT - 1;
  await turns.look();
  expect(told).toEqual([]);
  state.now = NIGHT;
  await turns.look();
  expect(told).toEqual(['A']);
  expect(cheap().toSorted()).toEqual(['A', 'B']);
  await turns.look();
  expect(told).toEqual(['A']);
});

it('a desk that was off catches up at its next start, once', async () => {
  const { state, told, open, put, cheap } = desk();
  put(lamp('A', 4_000, 2_000));
  await open().look();
  state.now = NIGHT + 500 * HOUR;
  await open().look();
  expect([told, cheap()]).toEqual([['A'], ['A']]);
  await open().look();
  expect(told).toEqual(['A']);
});

it('a price planned while the app runs is found when somebody says that records changed; nothing is written while another process writes', async () => {
  const { state, told, open, put } = desk();
  const turns = open();
  await turns.look();
  put(lamp('A', 4_000, 2_000));
  turns.touched();
  await turns.look();
  state.now = NIGHT + 1;
  state.mayWrite = false;
  await turns.look();
  expect(told).toEqual([]);
  state.mayWrite = true;
  await turns.look();
  expect(told).toEqual(['A']);
});

it('of many that turn in one night each is told, and other work comes in between', async () => {
  const { state, told, open, put } = desk();
  for (let n = 0; n < 450; n++) put(lamp(`L${n}`, 4_000, 2_000));
  const turns = open();
  await turns.look();
  state.now = NIGHT;
  await turns.look();
  expect(new Set(told).size).toBe(450);
});
