import type { z } from 'zod';

export type Json = z.core.util.JSONType;
type Side = Json | undefined;
type JsonObject = { [name: string]: Json };

/** A field both sides changed in different ways. Absent sides are `undefined`: the field was taken out. */
export type Conflict = {
  /** Where it is, part by part; an element of a list goes by its own id as `@id`, the order of a list as `#order`. */
  path: readonly string[];
  base: Side;
  theirs: Side;
  mine: Side;
};

export type Merge = {
  merged: Json | undefined;
  conflicts: readonly Conflict[];
  /** Fields only the other side changed: they are in `merged` without asking, and are shown. */
  theirs: readonly (readonly string[])[];
};

export type Choice = 'theirs' | 'mine';

/** Names a path as one text, for choices and keys. */
export function pathKey(path: readonly string[]): string {
  return path.map((part) => part.replaceAll('/', '~1')).join('/');
}

/**
 * Puts two changes of one record together, field by field. What only one side changed is taken; what both
 * changed differently is a conflict, filled from `choices` (mine where nothing was chosen yet).
 * Steps, answers, fields, facts and so on are matched by their own id, so moving one never hides a change to it.
 */
export function mergeThree(base: Side, theirs: Side, mine: Side, choices: ReadonlyMap<string, Choice> = new Map()): Merge {
  const conflicts: Conflict[] = [];
  const fromTheirs: (readonly string[])[] = [];
  const merge = (b: Side, t: Side, m: Side, path: readonly string[]): Side => {
    if (sameJson(t, m) || sameJson(b, t)) return m;
    if (sameJson(b, m)) {
      fromTheirs.push(path);
      return t;
    }
    if (isObject(t) && isObject(m)) return mergeObjects(isObject(b) ? b : {}, t, m, path);
    const identity = Array.isArray(t) && Array.isArray(m) && (b === undefined || Array.isArray(b)) ? identityOf([...(b ?? []), ...t, ...m], [b ?? [], t, m]) : undefined;
    if (identity !== undefined) return mergeLists(identity, (b ?? []) as JsonObject[], t as JsonObject[], m as JsonObject[], path);
    conflicts.push({ path, base: b, theirs: t, mine: m });
    return choices.get(pathKey(path)) === 'theirs' ? t : m;
  };

  const mergeObjects = (b: JsonObject, t: JsonObject, m: JsonObject, path: readonly string[]): JsonObject => {
    const out: JsonObject = {};
    for (const name of new Set([...Object.keys(m), ...Object.keys(t)])) {
      const value = merge(own(b, name), own(t, name), own(m, name), [...path, name]);
      if (value !== undefined) out[name] = value;
    }
    return out;
  };

  const mergeLists = (identity: string, b: JsonObject[], t: JsonObject[], m: JsonObject[], path: readonly string[]): Json[] => {
    const [inBase, inTheirs, inMine] = [b, t, m].map((list) => new Map(list.map((one) => [nameIn(one, identity), one]))) as [Map<string, JsonObject>, Map<string, JsonObject>, Map<string, JsonObject>];
    const merged = new Map<string, Json>();
    for (const id of new Set([...inMine.keys(), ...inTheirs.keys()])) {
      const value = merge(inBase.get(id), inTheirs.get(id), inMine.get(id), [...path, `@${id}`]);
      if (value !== undefined) merged.set(id, value);
    }
    const orders = [inBase, inTheirs, inMine].map((list) => [...list.keys()].filter((id) => inBase.has(id) && inTheirs.has(id) && inMine.has(id))) as [string[], string[], string[]];
    const [baseOrder, theirOrder, myOrder] = orders;
    let leading = inMine;
    if (!sameJson(theirOrder, myOrder)) {
      const where = [...path, '#order'];
      if (sameJson(baseOrder, myOrder)) {
        leading = inTheirs;
        fromTheirs.push(where);
      } else if (!sameJson(baseOrder, theirOrder)) {
        conflicts.push({ path: where, base: baseOrder, theirs: theirOrder, mine: myOrder });
        if (choices.get(pathKey(where)) === 'theirs') leading = inTheirs;
      }
    }
    return weave([...leading.keys()], [...(leading === inMine ? inTheirs : inMine).keys()]).flatMap((id) => merged.get(id) ?? []);
  };

  return { merged: merge(base, theirs, mine, []), conflicts, theirs: fromTheirs };
}

/** `lead` in its order, with what only `other` has put behind its neighbour there. */
function weave(lead: readonly string[], other: readonly string[]): string[] {
  const out = [...lead];
  const known = new Set(lead);
  other.forEach((id, at) => {
    if (known.has(id)) return;
    const before = other[at - 1];
    out.splice(before === undefined ? 0 : out.indexOf(before) + 1, 0, id);
    known.add(id);
  });
  return out;
}

/** Properties that tell the elements of a list apart, in the order they are tried. */
const IDENTITIES = ['id', 'name', 'field', 'step', 'value'] as const;

/** The property by which every element of every list can be told apart, if there is one. */
export function identityOf(all: readonly Json[], lists: readonly (readonly Json[])[] = [all]): string | undefined {
  if (all.length === 0 || !all.every(isObject)) return undefined;
  return IDENTITIES.find((name) => all.every((one) => typeof one[name] === 'string') && lists.every((list) => new Set(list.map((one) => (one as JsonObject)[name])).size === list.length));
}

/** The id of an element of a list that has them. */
export function nameIn(one: { [name: string]: Json }, identity: string): string {
  const id = one[identity];
  return typeof id === 'string' ? id : '';
}

export function isObject(value: Side): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(object: JsonObject, name: string): Side {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Equal as JSON, whatever the order of properties. */
export function sameJson(a: Side, b: Side): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, at) => sameJson(value, b[at]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]));
}
