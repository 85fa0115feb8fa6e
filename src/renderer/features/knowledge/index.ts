export { createKnowledgeStore, type KnowledgeState, type KnowledgeStore } from './knowledge.store.ts';
export { createMarksStore, markKey, type MarksStore } from './marks.store.ts';
export { markText, OriginMark } from './OriginMark.tsx';
export { useArticleImages } from './use-images.ts';
