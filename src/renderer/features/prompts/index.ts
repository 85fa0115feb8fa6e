export { createLadderStore, type LadderState, type LadderStore } from './abuse.store.ts';
export { AbuseCard } from './AbuseCard.tsx';
export { BereavementCard, CareCard, type CareActions } from './CareCards.tsx';
export { stageOnScreen } from './FrameworkMap.tsx';
export { FavouriteList, OwnWordsList } from './KeptWords.tsx';
export { createPreferencesStore, type PreferencesStore } from './preferences.store.ts';
export { SITUATION_KEYS } from './situation-keys.ts';
export { PromptPane } from './PromptPane.tsx';
export { createPromptsStore, type PromptsState, type PromptsStore } from './prompts.store.ts';
