import type { Migration } from '../../migrate.ts';
import { migration0001 } from './0001-records.ts';
import { migration0002 } from './0002-releases.ts';
import { migration0003 } from './0003-live.ts';

/** The history of knowledge.db, oldest first. */
export const knowledgeMigrations: readonly Migration[] = [migration0001, migration0002, migration0003];
