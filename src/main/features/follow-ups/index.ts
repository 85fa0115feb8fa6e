export { createFollowUpsService, type FollowUpsService, type FollowUpsServiceDeps, type Reminders } from './follow-ups.service.ts';
export { followUpRestorer } from './restore.ts';
