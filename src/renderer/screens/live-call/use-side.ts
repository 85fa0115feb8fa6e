import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import type { Announcement } from '#shared/domain/announcement.ts';
import type { Article } from '#shared/domain/article.ts';
import type { Product } from '#shared/domain/product.ts';

/** What lies in the pane beside the notes instead of the prompts. */
export type SideItem =
  | { kind: 'product'; product: Product }
  | { kind: 'compare' }
  | { kind: 'article'; article: Article }
  | { kind: 'announcement'; announcement: Announcement }
  | { kind: 'gone' };

export type SideRef = { kind: 'product' | 'article' | 'announcement'; key: string };

export type Side = {
  current: SideItem | undefined;
  /** Products marked for comparison, at most four. */
  compared: readonly Product[];
  open(ref: SideRef): Promise<void>;
  close(): void;
  compare(product: Product): void;
  uncompare(sku: string): void;
};

const MOST_COMPARED = 4;

/** The card beside the call. Opening one never takes the focus out of the notes. */
export function useSide(): Side {
  const { client, knowledge, settings } = useDesk();
  const [current, setCurrent] = useState<SideItem>();
  const [compared, setCompared] = useState<readonly Product[]>([]);
  const compares = useRef(compared);
  compares.current = compared;

  /** What lies there, by its key; a newer one is shown when knowledge arrives while the card is open. */
  const shown = useRef<SideRef>(undefined);

  const read = useCallback(
    async ({ kind, key }: SideRef): Promise<SideItem> => {
      switch (kind) {
        case 'product': {
          const product = await knowledge.actions.get('product', key);
          return product === undefined ? { kind: 'gone' } : { kind: 'product', product };
        }
        case 'article': {
          const article = await knowledge.actions.get('article', key);
          return article === undefined ? { kind: 'gone' } : { kind: 'article', article };
        }
        case 'announcement': {
          const announcement = await knowledge.actions.get('announcement', key);
          return announcement === undefined ? { kind: 'gone' } : { kind: 'announcement', announcement };
        }
      }
    },
    [knowledge],
  );
  const open = useCallback(
    async (ref: SideRef): Promise<void> => {
      shown.current = ref;
      const item = await read(ref);
      if (shown.current !== ref) return;
      setCurrent(item);
      const { kind, key } = ref;
      // What nobody opens can go: counted, unless the agent switched counting off.
      if (item.kind !== 'gone' && kind !== 'announcement' && settings.getState().missLog) void client.call('knowledge.used', { kind, key }).catch(() => undefined);
    },
    [client, read, settings],
  );
  useEffect(() => {
    const again = async (): Promise<void> => {
      const ref = shown.current;
      if (ref !== undefined) {
        const item = await read(ref);
        if (shown.current === ref) setCurrent((now) => (now === undefined || now.kind === 'compare' ? now : item));
      }
      const skus = compares.current.map(({ sku }) => sku);
      const fresh = await Promise.all(skus.map((sku) => knowledge.actions.get('product', sku)));
      if (skus.length > 0) setCompared((list) => list.flatMap((one) => (skus.includes(one.sku) ? (fresh[skus.indexOf(one.sku)] ?? []) : one)));
    };
    return client.on('knowledge.changed', () => void again().catch(() => undefined)) as () => void;
  }, [client, knowledge, read]);
  const close = useCallback(() => {
    shown.current = undefined;
    setCurrent(undefined);
  }, []);
  const compare = useCallback((product: Product) => {
    setCompared((list) => (list.some((one) => one.sku === product.sku) ? list : [...list, product].slice(-MOST_COMPARED)));
    setCurrent({ kind: 'compare' });
  }, []);
  const uncompare = useCallback((sku: string) => setCompared((list) => list.filter((one) => one.sku !== sku)), []);
  return useMemo(() => ({ current, compared, open, close, compare, uncompare }), [current, compared, open, close, compare, uncompare]);
}
