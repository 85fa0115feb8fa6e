export { DialButton } from './DialButton.tsx';
export { TelephonyPage, type TelephonyPageProps } from './TelephonyPage.tsx';
