export { StripWindow } from './StripWindow.tsx';
export { useStripFeed } from './use-strip-feed.ts';
