export { ChangesView } from './ChangesView.tsx';
export { ConflictView } from './ConflictView.tsx';
export { createDraftSession, type DraftSession, type SessionState } from './draft-session.ts';
export { DraftTable, StateChip } from './DraftTable.tsx';
export { DueBanner } from './DueBanner.tsx';
export { ReviewPanel } from './ReviewPanel.tsx';
export { useDrafts, useMe, useNow, type Me } from './use-drafts.ts';
export { draftTitle, kindText } from './words.ts';
export { useKeptText } from './kept-text.ts';
