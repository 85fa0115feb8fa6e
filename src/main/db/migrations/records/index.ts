import type { Migration } from '../../migrate.ts';
import { migration0001 } from './0001-calls.ts';
import { migration0002 } from './0002-follow-ups.ts';
import { migration0003 } from './0003-guidance.ts';
import { migration0004 } from './0004-wellbeing.ts';
import { migration0005 } from './0005-news.ts';

/** The history of records.db, oldest first. */
export const recordsMigrations: readonly Migration[] = [migration0001, migration0002, migration0003, migration0004, migration0005];
