export { createKeysStore, type KeysStore } from './keys.store.ts';
export { UnlockButton } from './UnlockButton.tsx';
export { KeysPage } from './KeysPage.tsx';
