import { Tabs as MantineTabs } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './Tabs.module.css';
import { useScrollStop } from './use-scroll-stop.ts';

export interface TabItem {
  id: string;
  label: string;
  icon?: ReactNode;
  /** A small count after the label. */
  count?: string;
  panel: ReactNode;
}

export interface TabsProps {
  label: string;
  tabs: readonly TabItem[];
  value: string;
  onChange: (id: string) => void;
  /** Panels take the remaining height and scroll by themselves. */
  fill?: boolean;
}

/** Tabs with arrow keys; only the open panel is drawn. */
export function Tabs({ label, tabs, value, onChange, fill = false }: TabsProps): ReactNode {
  return (
    <MantineTabs
      value={value}
      onChange={(id) => (id === null ? undefined : onChange(id))}
      keepMounted={false}
      classNames={{ root: css['root'] ?? '', list: css['list'] ?? '', tab: css['tab'] ?? '', tabLabel: css['tabLabel'] ?? '', panel: css['panel'] ?? '' }}
      mod={{ fill }}
    >
      <MantineTabs.List aria-label={label}>
        {tabs.map((tab) => (
          <MantineTabs.Tab key={tab.id} value={tab.id} leftSection={tab.icon}>
            {tab.label}
            {tab.count === undefined ? null : <span className={css['count']}>{tab.count}</span>}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {tabs.map((tab) => (
        // Drawn anew when it is opened, as its content is.
        <Panel key={`${tab.id} ${tab.id === value ? 'open' : ''}`} id={tab.id}>
          {tab.panel}
        </Panel>
      ))}
    </MantineTabs>
  );
}

/** A panel that scrolls by itself is reached by keyboard, also where it holds words alone. */
function Panel({ id, children }: { id: string; children: ReactNode }): ReactNode {
  const { ref, needed } = useScrollStop<HTMLDivElement>();
  return (
    <MantineTabs.Panel ref={ref} value={id} {...(needed ? { tabIndex: 0 } : {})}>
      {children}
    </MantineTabs.Panel>
  );
}
