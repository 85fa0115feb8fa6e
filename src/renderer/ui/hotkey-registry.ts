import { canonicalChord, matchesChord, parseChord, type KeyPress } from './keys.ts';

/**
 * One shortcut. Scopes are layers: `global`, then a screen, then an overlay. The topmost active scope that has the
 * chord wins; a blocking scope (a dialog) lets nothing below it through.
 */
export interface HotkeyBinding {
  id: string;
  keys: string;
  /** What it does, for the list of shortcuts. */
  label: string;
  /** Heading in that list. */
  group?: string;
  /**
   * Fires while typing in a field too. Default: chords with a modifier or a function key do, bare keys do not, so that
   * digits picked as answers never eat digits of a note.
   */
  whileTyping?: boolean;
  /** False while it would do nothing; it then neither fires nor hides a lower binding. */
  enabled?: boolean;
  run: () => void;
}

export interface HotkeyConflict {
  keys: string;
  scope: string;
  ids: readonly string[];
}

export interface ListedHotkey {
  id: string;
  keys: string;
  label: string;
  group: string | undefined;
  scope: string;
}

export interface HotkeyRegistry {
  /** Adds a layer of shortcuts; the result takes it away again. Throws on text that is no chord. */
  add: (scope: string, bindings: readonly HotkeyBinding[], blocking?: boolean) => () => void;
  /** Runs the binding a press means; true if there was one. */
  handle: (press: KeyPress, typing: boolean) => boolean;
  /** What works now, topmost scope first, without what is hidden. */
  list: () => ListedHotkey[];
  /** Chords that two enabled bindings of the same scope claim: the first registered would win, which nobody can know. */
  conflicts: () => HotkeyConflict[];
  subscribe: (listener: () => void) => () => void;
  /** Changes with each add and removal, for `useSyncExternalStore`. */
  version: () => number;
}

interface Layer {
  scope: string;
  blocking: boolean;
  bindings: readonly HotkeyBinding[];
}

export function createHotkeyRegistry(): HotkeyRegistry {
  let layers: Layer[] = [];
  let version = 0;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    version += 1;
    listeners.forEach((listener) => listener());
  };

  return {
    add(scope, bindings, blocking = false) {
      bindings.forEach((binding) => parseChord(binding.keys));
      const layer = { scope, bindings, blocking };
      layers = [...layers, layer];
      changed();
      return () => {
        layers = layers.filter((other) => other !== layer);
        changed();
      };
    },
    handle(press, typing) {
      const binding = reachable(layers).find(
        ({ binding: candidate }) => (!typing || firesWhileTyping(candidate)) && matchesChord(press, parseChord(candidate.keys)),
      );
      binding?.binding.run();
      return binding !== undefined;
    },
    list() {
      const seen = new Set<string>();
      return reachable(layers).flatMap(({ scope, binding }) => {
        const chord = canonicalChord(binding.keys);
        if (seen.has(chord)) return [];
        seen.add(chord);
        return [{ id: binding.id, keys: binding.keys, label: binding.label, group: binding.group, scope }];
      });
    },
    conflicts() {
      const claims = new Map<string, string[]>();
      for (const { scope, binding } of reachable(layers)) {
        const key = `${scope}\n${canonicalChord(binding.keys)}`;
        claims.set(key, [...(claims.get(key) ?? []), binding.id]);
      }
      return [...claims].flatMap(([key, ids]) => {
        const [scope = '', keys = ''] = key.split('\n');
        return new Set(ids).size > 1 ? [{ scope, keys, ids }] : [];
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
  };
}

function reachable(layers: readonly Layer[]): { scope: string; binding: HotkeyBinding }[] {
  const blocker = layers.findLastIndex((layer) => layer.blocking);
  return layers
    .slice(Math.max(0, blocker))
    .toReversed()
    .flatMap((layer) => layer.bindings.filter((binding) => binding.enabled !== false).map((binding) => ({ scope: layer.scope, binding })));
}

function firesWhileTyping(binding: HotkeyBinding): boolean {
  const chord = parseChord(binding.keys);
  return binding.whileTyping ?? (chord.mod || chord.ctrl || chord.alt || /^f\d+$/.test(chord.key));
}
