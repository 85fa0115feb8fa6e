export { Outline, ScriptPane, TrailList } from './ScriptPane.tsx';
export { ScriptPicker } from './ScriptPicker.tsx';
export { createScriptsStore, type Operation, type ScriptsState, type ScriptsStore } from './scripts.store.ts';
