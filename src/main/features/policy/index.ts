export { createPolicyService, type PolicyService } from './policy.service.ts';
export { policyFile } from './policy-file.ts';
