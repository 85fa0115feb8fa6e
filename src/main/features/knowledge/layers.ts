import type { Database } from 'better-sqlite3';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';

/**
 * What a desk knows is laid in layers, the lowest first: built-in knowledge, knowledge bases by their
 * rank, what was imported here, what was changed here. The highest one that says anything about a key
 * decides; a tombstone says "it is not there". No layer is edited when another one changes.
 */
export const LAYER = { starter: -1, base: 0, imported: 10_000, local: 20_000 } as const;

/** The source of what this desk changed for itself. */
export const LOCAL_SOURCE = 'local';
export const sourceOfBase = (name: string): string => `kb:${name}`;

export type Ref = { kind: KnowledgeKind; key: string };
/** What decides about a key, before and after; undefined: there is no record. */
export type Deciding = { before: string | undefined; after: string | undefined };

/** `name` is that of the source: `kb:shop`, `local`, `starter`, `import:…`. */
export type Saying = { source: number; name: string; json: string | null };

export type Layers = {
  /** A layer says `json` about a key; null: it is gone (a tombstone); undefined: the layer says nothing any more. */
  say(source: number, ref: Ref, json: string | null | undefined): Deciding;
  /** Keeps that a layer nobody signed says a record is not there, or no longer says so; `say` it as well. */
  mark(source: number, ref: Ref, gone: boolean): void;
  /**
   * From now on keys nobody says anything about are told from memory: for a whole base, whose records would otherwise be
   * looked up three times each. Only while nobody else writes, and for one transaction.
   */
  learn(): void;
  /** Decides about a key again, because ranks changed. */
  settle(ref: Ref): Deciding;
  /** What each layer says about a key, the deciding one first; null: it is gone there. */
  sayings(ref: Ref): Saying[];
  /** Every key a layer says something about, whether it decides or not. */
  keysOf(source: number): Ref[];
  /** Ranks are read once; call after sources came or went. */
  refresh(): void;
};

type Place = { rank: number; name: string };
type Row = { source: number; json: string };

/** All SQL of layers. Call inside a transaction. */
export function createLayers(db: Database): Layers {
  const ranks = db.prepare<[], { id: number; name: string; rank: number | null }>('SELECT source.id, source.name, knowledge_base.rank FROM source LEFT JOIN knowledge_base ON knowledge_base.source = source.id');
  const top = db.prepare<[string, string], Row>('SELECT source, json FROM record WHERE kind = ? AND key = ?');
  const below = db.prepare<[string, string], Row>('SELECT source, json FROM record_below WHERE kind = ? AND key = ?');
  const tombs = db.prepare<[string, string, string, string], number>('SELECT source FROM signed_record WHERE kind = ? AND key = ? AND deleted = 1 UNION ALL SELECT source FROM tombstone WHERE kind = ? AND key = ?').pluck();
  const bury = db.prepare<[string, string, number]>('INSERT OR IGNORE INTO tombstone (kind, key, source) VALUES (?, ?, ?)');
  const raise = db.prepare<[string, string, number]>('DELETE FROM tombstone WHERE kind = ? AND key = ? AND source = ?');
  const insertTop = db.prepare<[string, string, number, string]>('INSERT INTO record (kind, key, source, json) VALUES (?, ?, ?, ?)');
  const updateTop = db.prepare<[number, string, string, string]>('UPDATE record SET source = ?, json = ? WHERE kind = ? AND key = ?');
  const dropTop = db.prepare<[string, string]>('DELETE FROM record WHERE kind = ? AND key = ?');
  const putBelow = db.prepare<[number, string, string, string]>('INSERT INTO record_below (source, kind, key, json) VALUES (?, ?, ?, ?) ON CONFLICT (kind, key, source) DO UPDATE SET json = excluded.json');
  const keys = db.prepare<[number, number, number], Ref>('SELECT kind, key FROM record WHERE source = ? UNION SELECT kind, key FROM record_below WHERE source = ? UNION SELECT kind, key FROM tombstone WHERE source = ?');
  const dropBelow = db.prepare<[number, string, string]>('DELETE FROM record_below WHERE source = ? AND kind = ? AND key = ?');
  const spoken = db.prepare<[], string>('SELECT kind || char(0) || key FROM record UNION ALL SELECT kind || char(0) || key FROM record_below UNION ALL SELECT kind || char(0) || key FROM signed_record WHERE deleted = 1 UNION ALL SELECT kind || char(0) || key FROM tombstone').pluck();
  /** Keys somebody says something about; undefined: not known. */
  let known: Set<string> | undefined;
  let places = new Map<number, Place>();

  const refresh = (): void => {
    places = new Map(ranks.all().map(({ id, name, rank }) => [id, { name, rank: rankOf(name, rank) }]));
  };
  refresh();
  const place = (source: number): Place => {
    if (!places.has(source)) refresh();
    return places.get(source) ?? { rank: LAYER.starter, name: '' };
  };
  /** Between equals the name decides, so that every desk decides alike. */
  const above = (a: Place, b: Place): boolean => a.rank > b.rank || (a.rank === b.rank && a.name < b.name);

  const read = ({ kind, key }: Ref): { now: Row | undefined; under: Row[]; says: Map<number, string | null> } => {
    const now = top.get(kind, key);
    const under = below.all(kind, key);
    const says = new Map<number, string | null>();
    for (const tomb of tombs.all(kind, key, kind, key)) says.set(tomb, null);
    for (const row of under) says.set(row.source, row.json);
    if (now !== undefined) says.set(now.source, now.json);
    return { now, under, says };
  };

  const decide = (ref: Ref, change?: { source: number; json: string | null | undefined }): Deciding => {
    const { kind, key } = ref;
    if (known !== undefined && change !== undefined) {
      const name = `${kind}\0${key}`;
      if (!known.has(name) && typeof change.json === 'string') {
        known.add(name);
        insertTop.run(kind, key, change.source, change.json);
        return { before: undefined, after: change.json };
      }
      known.add(name);
    }
    const { now, under, says } = read(ref);
    if (change?.json === undefined) says.delete(change?.source ?? -1);
    else says.set(change.source, change.json);

    let winner: number | undefined;
    for (const one of says.keys()) if (winner === undefined || above(place(one), place(winner))) winner = one;
    const after = winner === undefined ? undefined : (says.get(winner) ?? undefined);
    if (after === undefined || winner === undefined) {
      if (now !== undefined) dropTop.run(kind, key);
    } else if (now === undefined) insertTop.run(kind, key, winner, after);
    else if (now.source !== winner || now.json !== after) updateTop.run(winner, after, kind, key);

    const lain = new Map(under.map((row) => [row.source, row.json]));
    for (const [one, text] of says) {
      if (text === null || one === winner) continue;
      if (lain.get(one) !== text) putBelow.run(one, kind, key, text);
      lain.delete(one);
    }
    for (const one of lain.keys()) dropBelow.run(one, kind, key);
    return { before: now?.json, after };
  };
  const sayings = (ref: Ref): Saying[] =>
    [...read(ref).says].map(([source, json]) => ({ source, name: place(source).name, json })).toSorted((a, b) => (above(place(a.source), place(b.source)) ? -1 : 1));
  return {
    say: (source, ref, json) => decide(ref, { source, json }),
    learn: () => void (known = new Set(spoken.all())),
    mark: (source, { kind, key }, gone) => void (gone ? bury : raise).run(kind, key, source),
    settle: (ref) => decide(ref), sayings, keysOf: (source) => keys.all(source, source, source), refresh,
  };
}

function rankOf(source: string, base: number | null): number {
  if (source === LOCAL_SOURCE) return LAYER.local;
  if (source.startsWith('import')) return LAYER.imported;
  return base === null ? LAYER.starter : LAYER.base + base;
}
