import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { OriginMark, useArticleImages } from '#renderer/features/knowledge/index.ts';
import { FlagButton } from '#renderer/features/news/index.ts';
import { CompareCard, ProductCard } from '#renderer/features/search/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { Markdown } from '#renderer/ui/Markdown.tsx';
import type { FlagSubject } from '#shared/domain/news/flag.ts';
import type { Article } from '#shared/domain/article.ts';
import { localize } from '#shared/domain/common.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { Product } from '#shared/domain/product.ts';
import css from './SideCard.module.css';
import type { Side, SideItem } from './use-side.ts';

export type { Side } from './use-side.ts';

/** A product, an article or a comparison beside the call, in place of the prompts until it is closed. Scripts can be opened from it where there is a call. */
export function SideCard({ side, onScript }: { side: Side; onScript?: (id: string) => void }): ReactNode {
  const { current } = side;
  return <div className={css['root']}>{current === undefined ? null : <Content side={side} current={current} onScript={onScript} />}</div>;
}

function Content({ side, current, onScript }: { side: Side; current: SideItem; onScript: ((id: string) => void) | undefined }): ReactNode {
  const t = useT();
  const copy = useCopy();
  const openOutside = useOpenOutside();
  switch (current.kind) {
    case 'product':
      return <ProductCard product={current.product} onClose={side.close} onCopy={copy} onCompare={() => side.compare(current.product)} related={<Related side={side} product={current.product} onScript={onScript} />} flag={<><Mark kind="product" id={current.product.sku} /><Flag about={{ kind: 'product', key: current.product.sku, title: current.product.name }} /></>} />;
    case 'compare':
      return <CompareCard products={side.compared} onRemove={side.uncompare} onClose={side.close} onCopy={copy} />;
    case 'article':
      return <ArticleCard article={current.article} onClose={side.close} />;
    case 'announcement':
      return (
        <Card title={current.announcement.title} toolbar={<><Mark kind="announcement" id={current.announcement.id} /><IconButton label={t('side.close')} icon={<IconX />} hotkey="escape" onClick={side.close} /></>}>
          <Markdown text={current.announcement.body} onLink={openOutside} />
        </Card>
      );
    case 'gone':
      return (
        <Card toolbar={<IconButton label={t('side.close')} icon={<IconX />} hotkey="escape" onClick={side.close} />}>
          {t('product.gone')}
        </Card>
      );
  }
}

/** The small flag on a card. */
function Flag({ about }: { about: FlagSubject }): ReactNode {
  return <FlagButton about={about} actions={useDesk().news.actions} />;
}

/** Whether this desk shows it otherwise than others, or one knowledge base otherwise than another. */
function Mark({ kind, id }: { kind: KnowledgeKind; id: string }): ReactNode {
  return <OriginMark store={useDesk().marks} kind={kind} id={id} />;
}

/** Copies by the app (pages have no clipboard) and says so. */
export function useCopy(): (text: string) => void {
  const { client } = useDesk();
  const t = useT();
  const announce = useAnnounce();
  return (text) => {
    void client.call('app.copy', { text }).then(() => announce(t('product.copied', { text })));
  };
}

/** Opens an allow-listed address outside; the app checks it again. */
function useOpenOutside(): (address: string) => void {
  const { client } = useDesk();
  return (address) => void client.call('app.open-external', { address }).catch(() => undefined);
}

/** The scripts and articles that a product names, scripts only where one can be opened. */
function Related({ side, product, onScript }: { side: Side; product: Product; onScript: ((id: string) => void) | undefined }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { knowledge } = useDesk();
  const known = knowledge.getState();
  if (known.kind !== 'ready') return null;
  const found = known.records.article.filter((article) => product.articles?.includes(article.id) === true);
  const scripts = onScript === undefined ? [] : known.records.script.filter((script) => product.scripts?.includes(script.id) === true);
  if (found.length + scripts.length === 0) return null;
  return (
    <p className={css['related']}>
      <span>{t('product.related')}</span>
      {scripts.map((script) => (
        <button key={script.id} type="button" className={css['link']} onClick={() => onScript?.(script.id)}>
          {t('product.related-script', { title: localize(script.title, language) })}
        </button>
      ))}
      {found.map((article) => (
        <button key={article.id} type="button" className={css['link']} onClick={() => void side.open({ kind: 'article', key: article.id })}>
          {article.title}
        </button>
      ))}
    </p>
  );
}

function ArticleCard({ article, onClose }: { article: Article; onClose: () => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const openOutside = useOpenOutside();
  const image = useArticleImages(useDesk().knowledge, article.body);
  const checked = article.verifiedAt === undefined ? undefined : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(article.verifiedAt));
  const meta = [checked === undefined ? undefined : t('article.verified', { day: checked }), article.owner === undefined ? undefined : t('article.owner', { owner: article.owner })];
  return (
    <Card title={article.title} meta={meta.filter((part) => part !== undefined).join(' · ')} toolbar={<><Mark kind="article" id={article.id} /><Flag about={{ kind: 'article', key: article.id, title: article.title }} /><IconButton label={t('side.close')} icon={<IconX />} hotkey="escape" onClick={onClose} /></>}>
      <p className={css['summary']}>{article.summary}</p>
      <Markdown text={article.body} onLink={openOutside} image={image} />
    </Card>
  );
}
