import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createHotkeyRegistry, type HotkeyBinding, type HotkeyConflict, type HotkeyRegistry, type ListedHotkey } from './hotkey-registry.ts';

const HotkeyContext = createContext<HotkeyRegistry>(createHotkeyRegistry());

/** Listens for keys on the window once, for every `useHotkeys` inside. */
export function HotkeyProvider({ children }: { children: ReactNode }): ReactNode {
  const [registry] = useState(createHotkeyRegistry);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat) return;
      if (registry.handle(event, isTyping(event.target))) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);
  return <HotkeyContext value={registry}>{children}</HotkeyContext>;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'range', 'submit'].includes(target.type);
}

export interface HotkeyOptions {
  /** Name of the layer; later mounted layers lie above earlier ones. */
  scope: string;
  /** Lets no shortcut of a lower layer through (dialogs). */
  blocking?: boolean;
}

/** Shortcuts that live as long as the component. `run` may close over fresh state: the latest one is called. */
export function useHotkeys(bindings: readonly HotkeyBinding[], { scope, blocking = false }: HotkeyOptions): void {
  const registry = useContext(HotkeyContext);
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  // What the registry shows and matches; a change of `run` alone must not re-register, or layers would change their order.
  const shape = JSON.stringify(bindings.map(({ id, keys, label, group, whileTyping, enabled }) => [id, keys, label, group, whileTyping, enabled]));
  // In the same frame as what the shortcut is about: a key pressed at the first sight of it must work.
  useLayoutEffect(() => {
    const stable = latest.current.map((binding) => ({ ...binding, run: () => latest.current.find(({ id }) => id === binding.id)?.run() }));
    return registry.add(scope, stable, blocking);
  }, [registry, scope, blocking, shape]);
}

/** Shortcuts that work now and chords claimed twice, for the help overlay and the settings. */
export function useHotkeyList(): { hotkeys: ListedHotkey[]; conflicts: HotkeyConflict[] } {
  const registry = useContext(HotkeyContext);
  useSyncExternalStore(registry.subscribe, registry.version);
  return { hotkeys: registry.list(), conflicts: registry.conflicts() };
}
