import type { Migration } from '../../migrate.ts';
import { migration0001 } from './0001-drafts.ts';
import { migration0002 } from './0002-local.ts';
import { migration0003 } from './0003-unsent.ts';

/** The history of workshop.db, oldest first. */
export const workshopMigrations: readonly Migration[] = [migration0001, migration0002, migration0003];
