export { IdleDesk } from './IdleDesk.tsx';
export { LiveCall } from './LiveCall.tsx';
export { callFacts, useGuidanceOf, useScriptView } from './guidance.ts';
export { SideCard, useCopy } from './SideCard.tsx';
export { findWaiting, waitingSources } from './use-paused.ts';
export { useSide, type Side } from './use-side.ts';
export { useNoteTemplates } from './use-note-templates.ts';
