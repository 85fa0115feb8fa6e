import type { ReactNode } from 'react';
import css from './HotkeyList.module.css';
import type { ListedHotkey } from './hotkey-registry.ts';
import { KeyHint } from './KeyHint.tsx';

/** The shortcuts that work now, by group, for the help overlay. `otherGroup` heads those without a group. */
export function HotkeyList({ hotkeys, otherGroup }: { hotkeys: readonly ListedHotkey[]; otherGroup: string }): ReactNode {
  const groups = new Map<string, ListedHotkey[]>();
  for (const hotkey of hotkeys) {
    const name = hotkey.group ?? otherGroup;
    groups.set(name, [...(groups.get(name) ?? []), hotkey]);
  }
  return (
    <div className={css['root']}>
      {[...groups].map(([name, entries]) => (
        <section key={name} className={css['group']}>
          <h3 className={css['name']}>{name}</h3>
          <dl className={css['list']}>
            {entries.map((entry) => (
              <div key={`${entry.scope}:${entry.id}`} className={css['row']}>
                <dt>{entry.label}</dt>
                <dd className={css['keys']}>
                  <KeyHint keys={entry.keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
