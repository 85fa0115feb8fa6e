import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import type { Product } from '#shared/domain/product.ts';
import type { Browsed } from '#shared/ipc/authoring.ts';

/** Rows read together: what one request for whole records takes. */
const PAGE = 50;
/** Keys read together when everything found is chosen. */
const KEYS = 500;

/** One line of the table; `product` is undefined while it is read. */
export type ProductRow = { readonly browsed: Browsed; readonly product: Product | undefined };

export type BulkProgress = { readonly done: number; readonly total: number; readonly written: number; readonly failed: number; readonly running: boolean };

export type ProductsState = {
  readonly text: string;
  readonly total: number | undefined;
  /** By place in the list; pages that were not looked at are not here. */
  readonly rows: ReadonlyMap<number, ProductRow>;
  readonly chosen: ReadonlySet<string>;
  readonly bulk: BulkProgress | undefined;
};

export type ProductsStore = StoreApi<ProductsState> & {
  actions: {
    /** Finds by name, number or brand, and forgets what was read. */
    find(text: string): void;
    /** Reads what lies between two places, as far as it was not read. */
    show(from: number, to: number): void;
    choose(key: string, on: boolean): void;
    chooseAll(): Promise<void>;
    chooseNone(): void;
    /** Writes one draft for each chosen product that `change` changes. */
    change(change: (product: Product) => Product): Promise<void>;
    stop(): void;
    close(): void;
  };
};

/** Products as a table: pages are read as they come into sight, so that 50,000 of them cost what is seen. */
export function createProductsStore(client: Client): ProductsStore {
  const store = createStore<ProductsState>(() => ({ text: '', total: undefined, rows: new Map(), chosen: new Set(), bulk: undefined }));
  let asked = new Set<number>();
  let turn = 0;
  let stopped = false;

  const read = async (page: number, mine: number): Promise<void> => {
    const { text } = store.getState();
    const found = await client.call('authoring.browse', { kind: 'product', ...(text === '' ? {} : { text }), from: page * PAGE, count: PAGE });
    if (mine !== turn) return;
    const rows = new Map(store.getState().rows);
    found.records.forEach((browsed, at) => rows.set(page * PAGE + at, { browsed, product: undefined }));
    store.setState({ rows, total: found.total });
    const lines = await client.call('knowledge.get', { refs: found.records.map(({ key }) => ({ kind: 'product' as const, key })) });
    if (mine !== turn) return;
    const products = new Map(lines.flatMap((line) => (line.kind === 'product' ? [[line.record.sku, line.record] as const] : [])));
    const filled = new Map(store.getState().rows);
    found.records.forEach((browsed, at) => filled.set(page * PAGE + at, { browsed, product: products.get(browsed.key) }));
    store.setState({ rows: filled });
  };
  const show = (from: number, to: number): void => {
    for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++) {
      const { total } = store.getState();
      if (asked.has(page) || (total !== undefined && page > 0 && page * PAGE >= total)) continue;
      asked.add(page);
      // What failed is read again when it is looked at again.
      void read(page, turn).catch(() => asked.delete(page));
    }
  };
  /** Everything again, without emptying the table meanwhile. */
  const refresh = (): void => {
    turn += 1;
    const pages = [...asked];
    asked = new Set();
    for (const page of pages) show(page * PAGE, page * PAGE);
  };
  const ends = [client.on('knowledge.changed', refresh), client.on('drafts.changed', () => { if (store.getState().bulk?.running !== true) refresh(); })];

  const productOf = async (key: string): Promise<Product | undefined> => {
    for (const row of store.getState().rows.values()) if (row.browsed.key === key && row.product !== undefined) return row.product;
    const [line] = await client.call('knowledge.get', { refs: [{ kind: 'product', key }] });
    return line?.kind === 'product' ? line.record : undefined;
  };
  const changeOne = async (key: string, change: (product: Product) => Product): Promise<'written' | 'same' | 'failed'> => {
    const live = await productOf(key);
    if (live === undefined) return 'failed';
    // A product the change leaves alone gets no draft.
    if (change(live) === live) return 'same';
    const opened = await client.call('authoring.open', { from: 'live', kind: 'product', key });
    if (!opened.ok || opened.draft.state !== 'draft') return 'failed';
    // A draft that was open holds its own words: the change is put on top of them.
    const next = change(opened.draft.record as unknown as Product);
    const saved = await client.call('authoring.save', { id: opened.draft.id, rev: opened.draft.rev, record: next as unknown as Unfinished });
    return saved.ok ? 'written' : 'failed';
  };

  return Object.assign(store, {
    actions: {
      find(text: string) {
        turn += 1;
        asked = new Set();
        store.setState({ text, total: undefined, rows: new Map() });
        show(0, 0);
      },
      show,
      choose(key: string, on: boolean) {
        const chosen = new Set(store.getState().chosen);
        if (on) chosen.add(key);
        else chosen.delete(key);
        store.setState({ chosen });
      },
      async chooseAll() {
        const { text } = store.getState();
        const chosen = new Set(store.getState().chosen);
        for (let from = 0; ; from += KEYS) {
          const page = await client.call('authoring.browse', { kind: 'product', ...(text === '' ? {} : { text }), from, count: KEYS });
          for (const { key } of page.records) chosen.add(key);
          if (page.records.length < KEYS || from + KEYS >= page.total) break;
        }
        store.setState({ chosen });
      },
      chooseNone: () => store.setState({ chosen: new Set() }),
      async change(change: (product: Product) => Product) {
        const keys = [...store.getState().chosen];
        stopped = false;
        let [written, failed] = [0, 0];
        const tell = (done: number, running: boolean): void => store.setState({ bulk: { done, total: keys.length, written, failed, running } });
        tell(0, true);
        for (const [at, key] of keys.entries()) {
          if (stopped) break;
          const outcome = await changeOne(key, change).catch(() => 'failed' as const);
          if (outcome === 'written') written += 1;
          if (outcome === 'failed') failed += 1;
          tell(at + 1, true);
        }
        tell(keys.length, false);
        refresh();
      },
      stop() {
        stopped = true;
      },
      close: () => ends.forEach((end) => end()),
    },
  });
}
