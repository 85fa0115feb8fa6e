import { createContext, useContext, type ReactNode } from 'react';
import { keyCaps, type KeyNames } from './keys.ts';
import css from './KeyHint.module.css';

const KeyNamesContext = createContext<KeyNames>({});

/** Gives the names printed on keys in the user's language (`Strg`, `Mayús`) to every hint inside. */
export function KeyNamesProvider({ names, children }: { names: KeyNames; children: ReactNode }): ReactNode {
  return <KeyNamesContext value={names}>{children}</KeyNamesContext>;
}

export interface KeyHintProps {
  /** A chord as in keys.ts: `mod+k`. */
  keys: string;
  /** On filled buttons and the rail the caps take the colour around them. */
  tone?: 'plain' | 'inherit';
  /** True hides the caps from assistive technology: the control already says them through `aria-keyshortcuts`. */
  decorative?: boolean;
}

/** Key caps of a shortcut. */
export function KeyHint({ keys, tone = 'plain', decorative = false }: KeyHintProps): ReactNode {
  const names = useContext(KeyNamesContext);
  return (
    <span className={css['root']} data-tone={tone} aria-hidden={decorative || undefined} dir="ltr">
      {keyCaps(keys, names).map((cap) => (
        <kbd key={cap} className={css['cap']}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
