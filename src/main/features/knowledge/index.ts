export { createCountLog, type CountLog } from './counts.ts';
export { createMissLog, type MissLog } from './misses.ts';
export { createKnowledgeRepository, type KnowledgeRepository, type PutOutcome } from './knowledge.repository.ts';
export { createLayers, LOCAL_SOURCE, sourceOfBase, type Deciding, type Layers, type Ref, type Saying } from './layers.ts';
export { createLocalLayer, type LocalLayer } from './local-layer.ts';
export { createMarks } from './marks.ts';
export { createPriceTurns } from './price-turns.ts';
export { unusedRecords } from './unused.ts';
export { installStarterPack, type Changes } from './starter-pack.ts';
