export { PromptPane } from './PromptPane.tsx';
export { createPromptsStore, type PromptsState, type PromptsStore } from './prompts.store.ts';
