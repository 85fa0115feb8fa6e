export { HeardLine } from './HeardLine.tsx';
export { LearnedList } from './LearnedList.tsx';
export { createSuggestStore, type SuggestState, type SuggestStore } from './suggest.store.ts';
