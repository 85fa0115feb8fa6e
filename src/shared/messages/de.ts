import type { en } from './en.ts';

/** German. Keys that are missing show English. */
export const de: Partial<Record<keyof typeof en, string>> = {};
