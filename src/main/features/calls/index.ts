export { createCallsService, type CallsService, type CallsServiceDeps } from './calls.service.ts';
export type { CallsPolicy } from './policy.ts';
export { callRestorers } from './restore.ts';
