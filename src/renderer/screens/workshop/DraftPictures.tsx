import type { ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { imagesIn } from '#shared/domain/article.ts';
import { usePictures } from './use-pictures.ts';
import css from './Workshop.module.css';

/** The pictures of an article in review: they are approved and go out with it. */
export function DraftPictures({ body, small = false }: { body: string; /** The text above shows them already. */ small?: boolean }): ReactNode {
  const t = useT();
  const { client } = useDesk();
  const { picture } = usePictures(client, body);
  const keys = imagesIn(body);
  if (keys.length === 0) return null;
  return (
    <section className={css['pictures']} data-small={small || undefined} aria-label={t('draft.pictures', { count: keys.length })}>
      <h4>{t('draft.pictures', { count: keys.length })}</h4>
      {keys.map((key) => {
        const found = picture(key);
        return <figure key={key}>{found === undefined ? <span>{t('draft.picture-missing')}</span> : <img src={found.address} alt={found.alt} />}<figcaption>{found?.alt ?? key}</figcaption></figure>;
      })}
    </section>
  );
}
