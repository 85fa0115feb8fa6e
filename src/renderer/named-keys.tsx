import { useMemo, type ReactNode } from 'react';
import { useT } from './messages/messages.tsx';
import { KeyNamesProvider } from './ui/KeyHint.tsx';
import { isMac } from './ui/keys.ts';

const NAMED = ['ctrl', 'shift', 'enter', 'escape', 'tab', 'space', 'delete', 'pageup', 'pagedown', 'home', 'end'] as const;
const NO_NAMES = {};

/** Key caps below show what is printed on the keys of the language in use (`Strg`, `Entf`); a Mac prints the same everywhere. */
export function NamedKeys({ children }: { children: ReactNode }): ReactNode {
  const t = useT();
  const names = useMemo(() => (isMac() ? NO_NAMES : Object.fromEntries(NAMED.map((name) => [name, t(`key.${name}`)]))), [t]);
  return <KeyNamesProvider names={names}>{children}</KeyNamesProvider>;
}
