import type { Migration } from '../../migrate.ts';
import { migration0001 } from './0001-calls.ts';
import { migration0002 } from './0002-follow-ups.ts';

/** The history of records.db, oldest first. */
export const recordsMigrations: readonly Migration[] = [migration0001, migration0002];
