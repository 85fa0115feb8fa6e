import { globalShortcut } from 'electron';

export type ShortcutStatus = 'on' | 'off' | 'taken';

/**
 * Keys that work while other programs are in front. `apply` gives back what became of each: a key
 * that another program has, or that stands twice in our own list, is `taken` and does nothing.
 */
export function createShortcuts<Id extends string>(actions: Readonly<Record<Id, () => void>>): { apply(keys: Readonly<Record<Id, string>>): Record<Id, ShortcutStatus>; release(): void } {
  let registered: string[] = [];
  const release = (): void => {
    for (const key of registered.splice(0)) globalShortcut.unregister(key);
  };
  const register = (key: string, action: () => void): ShortcutStatus => {
    if (key === '') return 'off';
    if (registered.includes(key)) return 'taken';
    try {
      if (!globalShortcut.register(key, action)) return 'taken';
    } catch {
      // not a key Electron knows
      return 'taken';
    }
    registered.push(key);
    return 'on';
  };
  return {
    release,
    apply: (keys) => {
      release();
      registered = [];
      const ids = Object.keys(actions) as Id[];
      return Object.fromEntries(ids.map((id) => [id, register(keys[id], actions[id])])) as Record<Id, ShortcutStatus>;
    },
  };
}
