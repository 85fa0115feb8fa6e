import { IconChecks, IconEdit, IconFileExport, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Client } from '#renderer/ipc/client.ts';
import { useLanguage, useT, type T } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { MenuButton } from '#renderer/ui/MenuButton.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { DraftState } from '#shared/domain/authoring/draft.ts';
import { nextPrice, priceAt } from '#shared/domain/product.ts';
import { BulkDialog } from './BulkDialog.tsx';
import { moneyText } from './money-text.ts';
import { createProductsStore, type ProductRow } from './products.store.ts';
import css from './products.module.css';

export type ProductTableProps = {
  client: Client;
  /** Opens the draft of a product, or starts one. */
  onOpen: (key: string, draft: string | undefined) => void;
  draftState: (state: DraftState) => string;
};

type ColumnName = 'name' | 'sku' | 'price' | 'next' | 'billing' | 'stock' | 'checked' | 'draft';
const COLUMNS: readonly ColumnName[] = ['name', 'sku', 'price', 'next', 'billing', 'stock', 'checked', 'draft'];

/** Every product of the desks: a grid walked by arrows, of which only the rows in sight exist. */
export function ProductTable({ client, onOpen, draftState }: ProductTableProps): ReactNode {
  const t = useT();
  const toast = useToast();
  const announce = useAnnounce();
  const store = useMemo(() => createProductsStore(client), [client]);
  const state = useStore(store);
  const { actions } = store;
  const [text, setText] = useState('');
  const [bulk, setBulk] = useState(false);
  useEffect(() => () => actions.close(), [actions]);
  useEffect(() => {
    const timer = setTimeout(() => actions.find(text), text === '' ? 0 : 150);
    return () => clearTimeout(timer);
  }, [actions, text]);
  const chosen = state.chosen.size;
  const save = (format: 'csv' | 'xlsx' | 'json') => (): void =>
    void client.call('transfer.export', { format }).then(
      (done) => { if (done.saved) toast({ tone: 'ok', title: t('products.export.saved', { count: done.count }) }); },
      () => toast({ tone: 'error', title: t('products.export.failed') }),
    );
  return (
    <section className={css['root']} aria-label={t('products.table')}>
      <div className={css['tools']}>
        <div className={css['find']}>
          <TextField label={t('products.filter')} hideLabel placeholder={t('products.filter-hint')} icon={<IconSearch />} value={text} onValueChange={setText} type="search" />
        </div>
        <output className={css['count']}>{t('products.count', { count: state.total ?? 0 })}</output>
        <span className={css['space']} />
        <output className={css['count']}>{t('products.chosen', { count: chosen })}</output>
        <Button size="sm" icon={<IconChecks />} onClick={() => void actions.chooseAll().then(() => announce(t('products.chosen', { count: store.getState().chosen.size }), 'polite'))}>
          {t('products.choose-all')}
        </Button>
        <Button size="sm" disabled={chosen === 0} onClick={actions.chooseNone}>
          {t('products.choose-none')}
        </Button>
        <Button size="sm" variant="primary" icon={<IconEdit />} disabled={chosen === 0} onClick={() => setBulk(true)}>
          {t('products.bulk')}
        </Button>
        <MenuButton
          button={<Button size="sm" icon={<IconFileExport />}>{t('products.export')}</Button>}
          entries={(['csv', 'xlsx', 'json'] as const).map((format) => ({ id: format, label: t(`products.export.${format}`), onSelect: save(format) }))}
        />
      </div>
      {state.total === 0 ? <EmptyState title={t('products.empty')} /> : <Grid total={state.total ?? 0} rows={state.rows} chosen={state.chosen} show={actions.show} choose={actions.choose} onOpen={onOpen} draftState={draftState} />}
      <p className={css['keys']}>{t('products.keys')}</p>
      {bulk ? <BulkDialog store={store} onClose={() => setBulk(false)} /> : null}
    </section>
  );
}

type GridProps = Pick<ProductTableProps, 'onOpen' | 'draftState'> & { total: number; rows: ReadonlyMap<number, ProductRow>; chosen: ReadonlySet<string>; show: (from: number, to: number) => void; choose: (key: string, on: boolean) => void };

function Grid({ total, rows, chosen, show, choose, onOpen, draftState }: GridProps): ReactNode {
  const t = useT();
  const body = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<{ row: number; column: number }>({ row: 0, column: 0 });
  const focusing = useRef(false);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  // oxlint-disable-next-line react/incompatible-library -- nothing it returns is passed on
  const list = useVirtualizer({ count: total, getScrollElement: () => body.current, estimateSize: () => Math.max(30, 2 * rem), overscan: 12 });
  const items = list.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => show(first, last), [show, first, last]);
  useEffect(() => {
    if (!focusing.current) return;
    const cell = body.current?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.column}"]`);
    if (cell === null || cell === undefined) return;
    focusing.current = false;
    cell.focus();
  });
  const go = (row: number, column: number): void => {
    const next = { row: Math.max(0, Math.min(total - 1, row)), column: Math.max(0, Math.min(COLUMNS.length - 1, column)) };
    focusing.current = true;
    list.scrollToIndex(next.row, { align: 'auto' });
    setAt(next);
  };
  const open = (row: ProductRow | undefined): void => {
    if (row !== undefined) onOpen(row.browsed.key, row.browsed.draft?.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, items.length - 14);
    const to = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [page, 0], PageUp: [-page, 0], Home: [event.ctrlKey ? -total : 0, -COLUMNS.length], End: [event.ctrlKey ? total : 0, COLUMNS.length] }[event.key];
    const row = rows.get(at.row);
    if (to !== undefined) go(at.row + (to[0] ?? 0), at.column + (to[1] ?? 0));
    else if (event.key === 'Enter') open(row);
    else if (event.key === ' ' && row !== undefined) choose(row.browsed.key, !chosen.has(row.browsed.key));
    else return;
    event.preventDefault();
  };
  const head: Readonly<Record<ColumnName, string>> = {
    name: t('edit.product.name'), sku: t('edit.product.sku'), price: t('edit.price.now'), next: t('products.column.next'), billing: t('edit.billing.interval'), stock: t('edit.product.stock'), checked: t('products.column.checked'), draft: t('products.column.draft'),
  };
  return (
    <div ref={body} className={css['scroll']} role="grid" tabIndex={-1} aria-label={t('products.table')} aria-rowcount={total + 1} aria-colcount={COLUMNS.length} aria-multiselectable onKeyDown={onKeyDown}>
      <div role="rowgroup" className={css['head']}>
        <div role="row" className={css['row']} aria-rowindex={1}>
          {COLUMNS.map((column) => (
            <div key={column} role="columnheader" data-column={column}>
              {head[column]}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={css['body']} style={{ blockSize: list.getTotalSize() }}>
        {items.map((item) => {
          const row = rows.get(item.index);
          const picked = row !== undefined && chosen.has(row.browsed.key);
          return (
            <div key={item.key} role="row" className={css['row']} aria-rowindex={item.index + 2} aria-selected={picked} style={{ transform: `translateY(${item.start}px)`, blockSize: item.size }}>
              {COLUMNS.map((column, place) => (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- a cell of the grid, which handles its keys
                <div
                  key={column}
                  role={place === 0 ? 'rowheader' : 'gridcell'}
                  data-column={column}
                  data-cell={`${item.index}:${place}`}
                  tabIndex={item.index === at.row && place === at.column ? 0 : -1}
                  aria-label={place === 0 && row !== undefined ? row.browsed.title : undefined}
                  onFocus={() => setAt({ row: item.index, column: place })}
                  onDoubleClick={() => open(row)}
                  onClick={place === 0 ? undefined : () => go(item.index, place)}
                >
                  {place === 0 && row !== undefined ? <input type="checkbox" tabIndex={-1} aria-label={t('products.choose', { name: row.browsed.title })} checked={picked} onChange={(event) => choose(row.browsed.key, event.currentTarget.checked)} /> : null}
                  <Cell column={column} row={row} draftState={draftState} />
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A cell; words that do not fit are in its title. */
function Cell({ column, row, draftState }: { column: ColumnName; row: ProductRow | undefined; draftState: (state: DraftState) => string }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const text = row === undefined ? '…' : (textOf(column, row, t, language, draftState) ?? '');
  if (text === '') return null;
  if (column === 'draft') return <Chip tone="accent">{text}</Chip>;
  return (
    <span className={css['text']} title={text} data-code={column === 'sku' || undefined}>
      {column === 'sku' ? <bdi>{text}</bdi> : text}
    </span>
  );
}

function textOf(column: ColumnName, { browsed, product }: ProductRow, t: T, language: string, draftState: (state: DraftState) => string): string | null {
  const now = Date.now();
  switch (column) {
    case 'name': return browsed.title;
    case 'sku': return browsed.key;
    case 'draft': return browsed.draft === undefined ? null : draftState(browsed.draft.state);
    case 'checked': return browsed.verifiedAt === undefined ? null : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(browsed.verifiedAt));
    case 'price': {
      const price = product === undefined ? undefined : priceAt(product, now);
      return price === undefined ? null : moneyText(price, language);
    }
    case 'next': {
      const plan = product === undefined ? undefined : nextPrice(product, now);
      return plan === undefined ? null : t('edit.price.planned-row', { price: moneyText(plan, language), day: new Intl.DateTimeFormat(language, { dateStyle: 'short' }).format(plan.validFrom) });
    }
    case 'billing': return product?.billing === undefined ? null : t(`edit.billing.${product.billing.interval}`);
    case 'stock': return product?.stockNote ?? null;
  }
}
