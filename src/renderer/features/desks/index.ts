export { DeskTable } from './DeskTable.tsx';
export { createDesksStore } from './desks.store.ts';
export { AnnouncementReach, Reach } from './Reach.tsx';
