import { identityOf, isObject, nameIn, sameJson, type Json } from './merge.ts';

/** One difference between two states of a record, at the level of a field a person would name. */
export type Change = {
  /** As in {@link import('./merge.ts').Conflict}: `['steps', '@greet', 'say', 'de']`. */
  path: readonly string[];
  what: 'added' | 'removed' | 'changed' | 'moved';
  before: Json | undefined;
  after: Json | undefined;
};

/** Every difference from `before` to `after`, in the order of the record. Elements of lists are matched by their id. */
export function changesBetween(before: Json | undefined, after: Json | undefined): Change[] {
  const out: Change[] = [];
  collect(before, after, [], out);
  return out;
}

function collect(before: Json | undefined, after: Json | undefined, path: readonly string[], out: Change[]): void {
  if (sameJson(before, after)) return;
  if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(after), ...Object.keys(before)])) collect(before[name], after[name], [...path, name], out);
    return;
  }
  const identity = Array.isArray(before) && Array.isArray(after) ? identityOf([...before, ...after], [before, after]) : undefined;
  if (identity !== undefined) {
    collectList(identity, before as { [name: string]: Json }[], after as { [name: string]: Json }[], path, out);
    return;
  }
  out.push({ path, what: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed', before, after });
}

function collectList(identity: string, before: { [name: string]: Json }[], after: { [name: string]: Json }[], path: readonly string[], out: Change[]): void {
  const was = new Map(before.map((one) => [nameIn(one, identity), one]));
  const is = new Map(after.map((one) => [nameIn(one, identity), one]));
  for (const [id, one] of is) {
    const old = was.get(id);
    if (old === undefined) out.push({ path: [...path, `@${id}`], what: 'added', before: undefined, after: one });
    else collect(old, one, [...path, `@${id}`], out);
  }
  for (const [id, one] of was) if (!is.has(id)) out.push({ path: [...path, `@${id}`], what: 'removed', before: one, after: undefined });
  const kept = (list: Map<string, unknown>, other: Map<string, unknown>): string[] => [...list.keys()].filter((id) => other.has(id));
  const [oldOrder, newOrder] = [kept(was, is), kept(is, was)];
  if (!sameJson(oldOrder, newOrder)) out.push({ path: [...path, '#order'], what: 'moved', before: oldOrder, after: newOrder });
}
