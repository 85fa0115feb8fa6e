import { useCallback, useEffect, useState } from 'react';
import { imageAddress, imagesIn } from '#shared/domain/article.ts';
import type { KnowledgeStore } from './knowledge.store.ts';

/** The pictures of a text, fetched when it is shown: a function from their ids to addresses a page may load. */
export function useArticleImages(knowledge: KnowledgeStore, body: string): (id: string) => string | undefined {
  const [addresses, setAddresses] = useState<Readonly<Record<string, string>>>({});
  const wanted = imagesIn(body).join(' ');
  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      for (const id of wanted.split(' ').filter((one) => one !== '')) {
        const found = await knowledge.actions.get('image', id).catch(() => undefined);
        if (!current) return;
        if (found !== undefined) setAddresses((known) => ({ ...known, [id]: imageAddress(found) }));
      }
    };
    void load();
    return () => {
      current = false;
    };
  }, [knowledge, wanted]);
  return useCallback((id) => (Object.hasOwn(addresses, id) ? addresses[id] : undefined), [addresses]);
}
