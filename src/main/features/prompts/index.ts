export { createCare, SENSITIVE_DAYS, type CareService } from './care.ts';
export { createPreferencesService, preferencesRestorer } from './preferences.repository.ts';
