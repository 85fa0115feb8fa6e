export { CallBar } from './CallBar.tsx';
export { EarlierCalls } from './EarlierCalls.tsx';
export { createCallsStore, type CallsState, type CallsStore, type StartCall, type WrapUp } from './calls.store.ts';
export { TransferDialog } from './TransferDialog.tsx';
export { NotePane, NoteSaved, type NoteTemplates } from './NotePane.tsx';
