import { useCallback, useMemo, useState } from 'react';
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

  const open = useCallback(
    async ({ kind, key }: SideRef): Promise<void> => {
      // What nobody opens can go: counted, unless the agent switched counting off.
      const used = (what: 'product' | 'article', of: string): void => {
        if (settings.getState().missLog) void client.call('knowledge.used', { kind: what, key: of }).catch(() => undefined);
      };
      switch (kind) {
        case 'product': {
          const product = await knowledge.actions.get('product', key);
          setCurrent(product === undefined ? { kind: 'gone' } : { kind: 'product', product });
          if (product !== undefined) used(kind, key);
          return;
        }
        case 'article': {
          const article = await knowledge.actions.get('article', key);
          setCurrent(article === undefined ? { kind: 'gone' } : { kind: 'article', article });
          if (article !== undefined) used(kind, key);
          return;
        }
        case 'announcement': {
          const announcement = await knowledge.actions.get('announcement', key);
          setCurrent(announcement === undefined ? { kind: 'gone' } : { kind: 'announcement', announcement });
          return;
        }
      }
    },
    [client, knowledge, settings],
  );
  const close = useCallback(() => setCurrent(undefined), []);
  const compare = useCallback((product: Product) => {
    setCompared((list) => (list.some((one) => one.sku === product.sku) ? list : [...list, product].slice(-MOST_COMPARED)));
    setCurrent({ kind: 'compare' });
  }, []);
  const uncompare = useCallback((sku: string) => setCompared((list) => list.filter((one) => one.sku !== sku)), []);
  return useMemo(() => ({ current, compared, open, close, compare, uncompare }), [current, compared, open, close, compare, uncompare]);
}
