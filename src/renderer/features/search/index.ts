export { CompareCard, ProductCard, ProductFacts } from './ProductCard.tsx';
export { MissList } from './MissList.tsx';
export { priceText } from './product-rows.ts';
export type { PaletteEntry } from './own-entries.ts';
export { SearchPalette } from './SearchPalette.tsx';
export { createSearchStore, SCOPES, type SearchStore } from './search.store.ts';
