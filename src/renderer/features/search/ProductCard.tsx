import { IconColumns3, IconCopy, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { FactTable } from '#renderer/ui/FactTable.tsx';
import { VisuallyHidden } from '#renderer/ui/VisuallyHidden.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import type { Product } from '#shared/domain/product.ts';
import css from './search.module.css';
import { differingRows, priceText, productRows, type ProductRow } from './product-rows.ts';

export type ProductCardProps = {
  product: Product;
  onClose: () => void;
  onCopy: (text: string) => void;
  onCompare: () => void;
  related: ReactNode;
};

/** What is known of one product, without leaving the call. */
export function ProductCard({ product, onClose, onCopy, onCompare, related }: ProductCardProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const price = priceText(product, t, language);
  return (
    <Card
      tone="accent"
      title={product.name}
      meta={product.category?.join(' › ')}
      toolbar={<IconButton label={t('side.close')} icon={<IconX />} hotkey="escape" onClick={onClose} />}
      footer={
        <div className={css['actions']}>
          {price === undefined ? null : (
            <Button size="sm" icon={<IconCopy />} hotkey="alt+c" onClick={() => onCopy(`${product.name}: ${price}`)}>
              {t('product.copy-price')}
            </Button>
          )}
          <Button size="sm" icon={<IconColumns3 />} hotkey="alt+v" onClick={onCompare}>
            {t('product.compare')}
          </Button>
        </div>
      }
    >
      <ProductFacts product={product} />
      {related}
    </Card>
  );
}

/** Price first, then everything a caller may ask, with the age of each fact. */
export function ProductFacts({ product }: { product: Product }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const price = priceText(product, t, language);
  return (
    <>
      {price === undefined ? null : <p className={css['price']}>{price}</p>}
      {product.description === undefined ? null : <p className={css['description']}>{product.description}</p>}
      <FactTable label={product.name} facts={productRows(product, t, language).filter((row) => row.id !== 'price').map(toFact)} />
    </>
  );
}

/** Up to four products side by side; rows on which they differ are marked. */
export function CompareCard({ products, onRemove, onClose, onCopy }: { products: readonly Product[]; onRemove: (sku: string) => void; onClose: () => void; onCopy: (text: string) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const tables = products.map((product) => productRows(product, t, language));
  const differing = differingRows(tables);
  const ids = [...new Set(tables.flatMap((rows) => rows.map((row) => row.id)))];
  const labelOf = (id: string): string => tables.flat().find((row) => row.id === id)?.label ?? id;
  return (
    <Card tone="accent" title={t('product.compare-title')} toolbar={<IconButton label={t('side.close')} icon={<IconX />} hotkey="escape" onClick={onClose} />}>
      <div className={css['compareScroll']}>
        <table className={css['compare']}>
          <thead>
            <tr>
              <th scope="col">
                <VisuallyHidden>{t('product.compare-fact')}</VisuallyHidden>
              </th>
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
            {ids.map((id) => (
              <tr key={id} data-differs={differing.has(id) || undefined}>
                <th scope="row">{labelOf(id)}</th>
                {tables.map((rows, index) => (
                  <td key={products[index]?.sku ?? index}>{rows.find((row) => row.id === id)?.value ?? '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function toFact(row: ProductRow): { id: string; label: string; value: string; note?: string; kind: ProductRow['kind'] } {
  const { note, ...rest } = row;
  return note === undefined ? rest : { ...rest, note };
}
