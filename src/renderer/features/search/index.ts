export { CompareCard, ProductCard, ProductFacts } from './ProductCard.tsx';
export { MissList } from './MissList.tsx';
export { priceText } from './product-rows.ts';
export { SearchPalette, type PaletteCommand } from './SearchPalette.tsx';
export { createSearchStore, type SearchStore } from './search.store.ts';
