export { DueReminder, SOON_MS } from './DueReminder.tsx';
export { FollowUpForm, whenText } from './FollowUpForm.tsx';
export { followUpCall, FollowUpList, UrgencyChip } from './FollowUpList.tsx';
export { createFollowUpsStore, type FollowUpsState, type FollowUpsStore } from './follow-ups.store.ts';
