export { createBreaksStore, type BreaksState, type BreaksStore } from './breaks.store.ts';
export { BreakStatus } from './BreakStatus.tsx';
export { CheckInScale, ThreeLines } from './Asks.tsx';
export { WellbeingCorner } from './WellbeingCorner.tsx';
export { countdown, durationText, lengthText } from './words.ts';
