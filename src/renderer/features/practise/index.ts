export { CallerList } from './CallerList.tsx';
export { createPractiseStore, type AgentSide, type PractiseState, type PractiseStore } from './practise.store.ts';
export { ReviewPane } from './ReviewPane.tsx';
export { TalkPane } from './TalkPane.tsx';
