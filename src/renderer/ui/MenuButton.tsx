import { Menu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import css from './field.module.css';
import { KeyHint } from './KeyHint.tsx';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: ReactNode;
  hotkey?: string;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

/** A menu opened by the given button (a `Button` or `IconButton`). */
export function MenuButton({ button, entries }: { button: ReactElement; entries: readonly MenuEntry[] }): ReactNode {
  return (
    <Menu position="bottom-end" offset={4} transitionProps={{ duration: 0 }} shadow="none" classNames={{ dropdown: css['dropdown'] ?? '', item: css['option'] ?? '' }}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) => (
          <Menu.Item
            key={entry.id}
            leftSection={entry.icon}
            rightSection={entry.hotkey === undefined ? null : <KeyHint keys={entry.hotkey} />}
            disabled={entry.disabled === true}
            data-danger={entry.danger === true || undefined}
            onClick={entry.onSelect}
          >
            {entry.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
