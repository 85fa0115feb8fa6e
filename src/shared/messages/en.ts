import { SCRIPT_MESSAGES } from '../domain/scripts/messages.ts';
import { call } from './en/call.ts';
import { shell } from './en/shell.ts';

/** English: the language every other one falls back to, so it holds every key. */
export const en = { ...shell, ...call, ...SCRIPT_MESSAGES } as const;
