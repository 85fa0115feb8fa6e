export { createPolicyStore, type PolicyStore } from './policy.store.ts';
export { createSettingsStore, type SettingsStore } from './settings.store.ts';
