export { AllSettings } from './AllSettings.tsx';
