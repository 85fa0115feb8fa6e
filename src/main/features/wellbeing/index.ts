export { createBreakRunner, type BreakConfig, type BreakRunner, type CallNow, type RunnerHost } from './runner.ts';
export { createIdleTrust } from './idle-trust.ts';
export { createPlannerStore, plannerSaveSchema, type PlannerSave, type PlannerStore, type StoredPlanner } from './planner-store.ts';
export { createWellbeingService, type WellbeingService } from './service.ts';
export { breakConfig, testRules } from './config.ts';
export { wellbeingRestorers } from './restore.ts';
