export { canDial, DialButton, useDial } from './DialButton.tsx';
export { PresenceMenu } from './PresenceMenu.tsx';
export { TelephonyPage, type TelephonyPageProps } from './TelephonyPage.tsx';
