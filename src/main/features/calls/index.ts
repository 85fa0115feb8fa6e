export { createCallsService, type CallsService, type CallsServiceDeps } from './calls.service.ts';
export { DEFAULT_POLICY, type CallsPolicy } from './policy.ts';
export { callRestorers } from './restore.ts';
