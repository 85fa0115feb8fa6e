export { createKnowledgeStore, type KnowledgeState, type KnowledgeStore } from './knowledge.store.ts';
