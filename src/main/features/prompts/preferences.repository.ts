import { promptPreferencesSchema, DEFAULT_PREFERENCES, type PromptPreferences } from '#shared/domain/prompts/usage.ts';
import type { Ledger } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import type { Restorer } from '../../db/restore.ts';
import type { Masking } from '../../lib/live-rules.ts';

const KIND = 'prompt-preferences';
/** There is one set of preferences on a desk. */
const ONLY = 'desk';

type Row = { data: string; saved_at: number };

/** All SQL of the agent's own words: one row, whole each time. */
export function createPreferencesRepository(db: Db) {
  const find = db.prepare<[], Row>('SELECT data, saved_at FROM prompt_preferences WHERE id = 1');
  const put = db.prepare('INSERT INTO prompt_preferences (id, data, saved_at) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data, saved_at = excluded.saved_at');
  return {
    row: (): Row | undefined => find.get(),
    put: (row: Row): void => void put.run(row.data, row.saved_at),
    clear: (): void => void db.exec('DELETE FROM prompt_preferences'),
  };
}

/** Reads and stores favourites and own words. What cannot be read counts as none, so that a call always has words. */
export function createPreferencesService({ db, ledger, masking }: { db: Db; ledger: Ledger; masking: Masking }) {
  const rows = createPreferencesRepository(db);
  return {
    preferences: (): PromptPreferences => {
      const stored = rows.row();
      if (stored === undefined) return DEFAULT_PREFERENCES;
      const parsed = promptPreferencesSchema.safeParse(JSON.parse(stored.data));
      return parsed.success ? parsed.data : DEFAULT_PREFERENCES;
    },
    savePreferences: (commandId: string, preferences: PromptPreferences): void =>
      ledger.run(commandId, 'prompts.preferences', (tx) => {
        const row = { data: JSON.stringify(masking.data(preferences)), saved_at: tx.at };
        rows.put(row);
        tx.journal(KIND, ONLY, row);
      }),
  };
}

/** Own words come back from the journal like a note. */
export const preferencesRestorer: Restorer = {
  kind: KIND,
  restore: (db, _id, data) => {
    const rows = createPreferencesRepository(db);
    const row = data as Row;
    const stored = rows.row();
    if (stored !== undefined && stored.saved_at >= row.saved_at) return false;
    rows.put(row);
    return true;
  },
  has: (db) => createPreferencesRepository(db).row() !== undefined,
  remove: (db) => createPreferencesRepository(db).clear(),
  snapshot: (db) => {
    const row = createPreferencesRepository(db).row();
    return row === undefined ? [] : [{ kind: KIND, id: ONLY, data: row }];
  },
  clear: (db) => createPreferencesRepository(db).clear(),
};
