export { CallBar } from './CallBar.tsx';
export { createCallsStore, type CallsState, type CallsStore } from './calls.store.ts';
export { NotePane, NoteSaved } from './NotePane.tsx';
