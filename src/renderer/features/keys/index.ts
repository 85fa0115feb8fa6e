export { createKeysStore, type KeysStore } from './keys.store.ts';
export { KeysPage } from './KeysPage.tsx';
