import type { Incident } from '#shared/domain/calls/schema.ts';
import type { Db } from '../../db/open.ts';

type IncidentRow = { public_id: string; call: string | null; at: number; category: string; warnings: number; ended_call: number; words: string };

/** All SQL of incidents: abuse and threats, as the agent recorded them. */
export function createIncidentsRepository(db: Db) {
  const put = db.prepare(`INSERT INTO incidents (public_id, call_id, at, category, warnings, ended_call, words) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (public_id) DO UPDATE SET category = excluded.category, warnings = excluded.warnings, ended_call = excluded.ended_call, words = excluded.words`);
  const SELECT = 'SELECT i.public_id, c.public_id AS call, i.at, i.category, i.warnings, i.ended_call, i.words FROM incidents i LEFT JOIN calls c ON c.id = i.call_id';
  const find = db.prepare<[string], IncidentRow>(`${SELECT} WHERE i.public_id = ?`);
  const between = db.prepare<[number, number], IncidentRow>(`${SELECT} WHERE i.at >= ? AND i.at < ? ORDER BY i.at DESC`);

  const toIncident = (row: IncidentRow): Incident => ({
    id: row.public_id,
    at: row.at,
    category: row.category,
    warnings: row.warnings,
    endedCall: row.ended_call === 1,
    words: row.words,
    ...(row.call === null ? {} : { callId: row.call }),
  });

  return {
    /** `callKey` is the integer key of the call, when there is one. */
    put: (incident: Incident, callKey: number | undefined): void =>
      void put.run(incident.id, callKey ?? null, incident.at, incident.category, incident.warnings, incident.endedCall ? 1 : 0, incident.words),
    find: (id: string): Incident | undefined => {
      const row = find.get(id);
      return row === undefined ? undefined : toIncident(row);
    },
    between: (from: number, to: number): Incident[] => between.all(from, to).map(toIncident),
  };
}

export type IncidentsRepository = ReturnType<typeof createIncidentsRepository>;
