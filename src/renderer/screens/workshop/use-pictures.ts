import { useCallback, useEffect, useState } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import { imageAddress, imagesIn, imageSchema } from '#shared/domain/article.ts';

export type Picture = { address: string; alt: string };

/** The pictures of a text that is written or reviewed: those of drafts under way, and those that are live. */
export function usePictures(client: Client, body: string): { picture: (key: string) => Picture | undefined } {
  const [pictures, setPictures] = useState<ReadonlyMap<string, Picture>>(new Map());
  const wanted = imagesIn(body).join(' ');
  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      for (const key of wanted.split(' ').filter((one) => one !== '')) {
        const { record } = await client.call('authoring.picture', { key });
        const parsed = imageSchema.safeParse(record);
        if (!current) return;
        if (parsed.success) setPictures((known) => new Map([...known, [key, { address: imageAddress(parsed.data), alt: parsed.data.alt }]]));
      }
    };
    const read = (): void => void load().catch(() => undefined);
    read();
    const off = client.on('drafts.changed', read);
    return () => {
      current = false;
      off();
    };
  }, [client, wanted]);
  return { picture: useCallback((key) => pictures.get(key), [pictures]) };
}
