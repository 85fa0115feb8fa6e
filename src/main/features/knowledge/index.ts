export { createMissLog, type MissLog } from './misses.ts';
export { createKnowledgeRepository, type KnowledgeRepository, type PutOutcome } from './knowledge.repository.ts';
export { installStarterPack, type Changes } from './starter-pack.ts';
