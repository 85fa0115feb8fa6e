export { BreaksSection } from './BreaksSection.tsx';
export { Section, SettingsScreen } from './SettingsScreen.tsx';
