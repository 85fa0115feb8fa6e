export { createMissLog, type MissLog } from './misses.ts';
export { createKnowledgeRepository, type KnowledgeRepository, type PutOutcome } from './knowledge.repository.ts';
export { createLayers, LOCAL_SOURCE, sourceOfBase, type Deciding, type Layers, type Ref } from './layers.ts';
export { installStarterPack, type Changes } from './starter-pack.ts';
