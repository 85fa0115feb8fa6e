export { CapturedFields } from './CapturedFields.tsx';
export { FactLine } from './FactLine.tsx';
export { HandOverDialog } from './HandOverDialog.tsx';
export { PauseDialog, type PauseRequest } from './PauseDialog.tsx';
export { MustSay, Outline, TrailList } from './ScriptLists.tsx';
export { ScriptPane } from './ScriptPane.tsx';
export { ScriptPicker } from './ScriptPicker.tsx';
export { createScriptsStore, type Operation, type Refusal, type ScriptsState, type ScriptsStore } from './scripts.store.ts';
