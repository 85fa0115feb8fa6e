/** JSON of a record that may be unfinished, read and changed by path. Nothing is ever changed in place. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Path = readonly (string | number)[];

/** What stands at a path; undefined when there is nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  let found: unknown = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string | number, unknown>)[part];
  }
  return found;
}

/** The value with something else at a path; `undefined` takes it out, and lists and objects left empty by that go too. */
export function withValue<T>(value: T, path: Path, next: unknown): T {
  const changed = change(value, path, next);
  return (changed === undefined && path.length > 0 ? (Array.isArray(value) ? [] : {}) : changed) as T;
}

function change(value: unknown, path: Path, next: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return next;
  if (typeof part === 'number') {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const inner = change(list[part], rest, next);
    const changed = inner === undefined ? list.toSpliced(part, 1) : part >= list.length ? [...list, inner] : list.with(part, inner);
    return changed.length === 0 ? undefined : changed;
  }
  const before = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  const inner = change(before[part], rest, next);
  if (inner === undefined) {
    const { [part]: _gone, ...others } = before;
    return Object.keys(others).length === 0 ? undefined : others;
  }
  return { ...before, [part]: inner };
}

/** A list at a path, empty when there is none. */
export function listAt(value: unknown, path: Path): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}
