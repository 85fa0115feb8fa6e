export { Section, SettingsScreen } from './SettingsScreen.tsx';
