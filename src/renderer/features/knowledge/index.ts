export { createKnowledgeStore, type KnowledgeState, type KnowledgeStore } from './knowledge.store.ts';
export { useArticleImages } from './use-images.ts';
