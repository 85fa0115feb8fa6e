import { IconColumns3, IconCopy, IconX } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { FactTable } from '#renderer/ui/FactTable.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import type { Product } from '#shared/domain/product.ts';
import css from './search.module.css';
import { usePriceTime } from './use-price-time.ts';
import { differingRows, priceText, productRows, sharedNote, type ProductRow } from './product-rows.ts';

export type ProductCardProps = {
  product: Product;
  onClose: () => void;
  onCopy: (text: string) => void;
  onCompare: () => void;
  related: ReactNode;
  /** What an agent presses when something here is wrong. */
  flag?: ReactNode;
};

/** What is known of one product, without leaving the call. */
export function ProductCard({ product, onClose, onCopy, onCompare, related, flag }: ProductCardProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const price = priceText(product, t, language, usePriceTime([product]));
  return (
    <Card
      tone="accent"
      title={product.name}
      meta={product.category?.join(' › ')}
      toolbar={
        <>
          {flag}
          <IconButton label={t('side.close')} icon={<IconX />} hotkey="escape" onClick={onClose} />
        </>
      }
    >
      <ProductFacts
        product={product}
        withCategory={false}
        actions={
          <>
            {price === undefined ? null : (
              <Button size="sm" icon={<IconCopy />} hotkey="alt+c" aria-label={t('product.copy-price')} onClick={() => onCopy(`${product.name}: ${price}`)}>
                {t('common.copy')}
              </Button>
            )}
            <Button size="sm" icon={<IconColumns3 />} hotkey="alt+v" onClick={onCompare}>
              {t('product.compare')}
            </Button>
          </>
        }
      />
      {related}
    </Card>
  );
}

/** Price first, then everything a caller may ask. The age most facts share is said once, every other beside its fact. */
export function ProductFacts({ product, actions, withCategory = true }: { product: Product; actions?: ReactNode; withCategory?: boolean }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const now = usePriceTime([product]);
  const price = priceText(product, t, language, now);
  const rows = productRows(product, t, language, now).filter((row) => row.id !== 'price' && (withCategory || row.id !== 'category'));
  const age = sharedNote(rows);
  return (
    <>
      {price === undefined && actions === undefined ? null : (
        <div className={css['head']}>
          {price === undefined ? null : <p className={css['price']}>{price}</p>}
          {actions === undefined ? null : <div className={css['actions']}>{actions}</div>}
        </div>
      )}
      {product.description === undefined ? null : <p className={css['description']}>{product.description}</p>}
      <FactTable label={product.name} facts={rows.map((row) => toFact(row, age))} />
      {age === undefined ? null : <p className={css['age']}>{t('product.age', { checked: age })}</p>}
    </>
  );
}

/** Up to four products side by side; rows on which they differ are marked. */
export function CompareCard({ products, onRemove, onClose, onCopy }: { products: readonly Product[]; onRemove: (sku: string) => void; onClose: () => void; onCopy: (text: string) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const now = usePriceTime(products);
  const tables = products.map((product) => productRows(product, t, language, now));
  const differing = new Set([...differingRows(tables)].filter((id) => !OWN_TO_EACH.has(id)));
  const ids = [...new Set(tables.flatMap((rows) => rows.map((row) => row.id)))];
  const labelOf = (id: string): string => tables.flat().find((row) => row.id === id)?.label ?? id;
  return (
    <Card tone="accent" title={t('product.compare-title')} toolbar={<IconButton label={t('side.close')} icon={<IconX />} hotkey="escape" onClick={onClose} />}>
      <div className={css['compareScroll']}>
        <table className={css['compare']} style={{ minInlineSize: `${products.length * COMPARED_REM}rem` }}>
          <thead>
            <tr>
              {products.map((product) => (
                <th key={product.sku} scope="col">
                  <span className={css['compareName']}>{product.name}</span>
                  <span className={css['compareTools']}>
                    <IconButton label={`${t('product.copy-price')}: ${product.name}`} icon={<IconCopy />} onClick={() => onCopy(`${product.name}: ${priceText(product, t, language) ?? t('product.no-price')}`)} />
                    <IconButton label={t('product.compare-remove', { name: product.name })} icon={<IconX />} onClick={() => onRemove(product.sku)} />
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {/* The name of a fact stands above its values: the card is narrow, and values are what is compared. */}
            {ids.map((id) => (
              <Fragment key={id}>
                <tr className={css['compareFact']}>
                  <th scope="rowgroup" colSpan={products.length}>
                    {labelOf(id)}
                    {differing.has(id) ? <span className={css['differs']}>{t('product.differs')}</span> : null}
                  </th>
                </tr>
                <tr data-differs={differing.has(id) || undefined}>
                  {tables.map((rows, index) => (
                    <td key={products[index]?.sku ?? index}>{rows.find((row) => row.id === id)?.value ?? '–'}</td>
                  ))}
                </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** Rows that name the product differ by nature; marking them would hide the differences that matter. */
const OWN_TO_EACH = new Set(['model', 'sku', 'barcodes']);

/** Width below which a product's column cannot be read (rem); beyond it the table scrolls. */
const COMPARED_REM = 8;

function toFact(row: ProductRow, shared: string | undefined): { id: string; label: string; value: string; note?: string; kind: ProductRow['kind'] } {
  const { note, ...rest } = row;
  return note === undefined || note === shared ? rest : { ...rest, note };
}
