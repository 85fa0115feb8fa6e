export { createSettingsStore, type SettingsStore } from './settings.store.ts';
