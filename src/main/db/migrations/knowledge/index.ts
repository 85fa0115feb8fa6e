import type { Migration } from '../../migrate.ts';
import { migration0001 } from './0001-records.ts';
import { migration0002 } from './0002-releases.ts';
import { migration0003 } from './0003-live.ts';
import { migration0004 } from './0004-use.ts';
import { migration0005 } from './0005-news-by-key.ts';
import { migration0006 } from './0006-hidden.ts';

/** The history of knowledge.db, oldest first. */
export const knowledgeMigrations: readonly Migration[] = [migration0001, migration0002, migration0003, migration0004, migration0005, migration0006];
