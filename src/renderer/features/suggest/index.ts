export { HeardLine } from './HeardLine.tsx';
export { createSuggestStore, type SuggestState, type SuggestStore } from './suggest.store.ts';
