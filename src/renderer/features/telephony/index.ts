export { canDial, DialButton, useDial } from './DialButton.tsx';
export { TelephonyPage, type TelephonyPageProps } from './TelephonyPage.tsx';
