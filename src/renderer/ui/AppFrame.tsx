import { Tooltip, UnstyledButton } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import css from './AppFrame.module.css';
import { KeyHint } from './KeyHint.tsx';
import { ariaKeyShortcut } from './keys.ts';
import type { StateTone } from './StateBadge.tsx';
import { VisuallyHidden } from './VisuallyHidden.tsx';

export interface NavItem {
  id: string;
  label: string;
  icon: ReactNode;
  hotkey?: string;
  /** A small count, e.g. overdue follow-ups, with its words: `{ text: '3', label: '3 overdue' }`. */
  badge?: { text: string; label: string };
  /** `end` sits at the bottom of the rail (settings, help). */
  place?: 'start' | 'end';
}

export interface AppFrameProps {
  /** Names of the landmarks; `content` is the name of the open screen and becomes the page's first heading. */
  labels: { nav: string; callBar: string; content: string; status: string; skip: string };
  nav: readonly NavItem[];
  activeId: string;
  onNavigate: (id: string) => void;
  /** Labels under the icons of the rail, or icons alone with tooltips. */
  navLabels?: 'shown' | 'tooltip';
  /** Drawn at the top of the rail; decoration, so without a name. */
  mark?: ReactNode;
  callBar: ReactNode;
  /** Colours the line under the call bar. */
  callTone?: StateTone;
  status?: ReactNode;
  children: ReactNode;
}

/** The window: rail, call bar, content, status line. Landmarks in that order, and a link that skips the rail. */
export function AppFrame(props: AppFrameProps): ReactNode {
  const { labels, nav, activeId, onNavigate, navLabels = 'shown', mark, callBar, callTone = 'idle', status, children } = props;
  const part = (place: 'start' | 'end'): ReactNode =>
    nav
      .filter((item) => (item.place ?? 'start') === place)
      .map((item) => <RailButton key={item.id} item={item} active={item.id === activeId} withLabel={navLabels === 'shown'} onNavigate={onNavigate} />);
  return (
    <div className={css['frame']}>
      <div className={css['root']} data-rail={navLabels}>
        <a className={css['skip']} href="#content" onClick={toContent}>
          {labels.skip}
        </a>
        <nav className={css['rail']} aria-label={labels.nav}>
          {mark === undefined ? null : (
            <span aria-hidden className={css['mark']}>
              {mark}
            </span>
          )}
          {part('start')}
          <span className={css['gap']} />
          {part('end')}
        </nav>
        <header className={css['bar']} aria-label={labels.callBar} data-tone={callTone}>
          {callBar}
        </header>
        <main id="content" className={css['content']} tabIndex={-1} aria-label={labels.content}>
          <VisuallyHidden>
            <h1>{labels.content}</h1>
          </VisuallyHidden>
          {children}
        </main>
        {status === undefined ? null : (
          <footer className={css['status']} aria-label={labels.status}>
            {status}
          </footer>
        )}
      </div>
    </div>
  );
}

/** Focuses without navigating: the window refuses navigation, in-page or not. */
function toContent(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function RailButton(props: { item: NavItem; active: boolean; withLabel: boolean; onNavigate: (id: string) => void }): ReactNode {
  const { item, active, withLabel, onNavigate } = props;
  const tip = (
    <span className={css['tip']}>
      {item.label}
      {item.hotkey === undefined ? null : <KeyHint keys={item.hotkey} tone="inherit" />}
    </span>
  );
  return (
    <Tooltip label={tip} position="right" openDelay={withLabel ? 600 : 200} events={{ hover: true, focus: !withLabel, touch: false }} transitionProps={{ duration: 0 }} classNames={{ tooltip: css['tooltip'] ?? '' }}>
      <UnstyledButton
        className={css['item']}
        aria-current={active ? 'page' : undefined}
        aria-label={item.badge === undefined ? item.label : `${item.label}, ${item.badge.label}`}
        aria-keyshortcuts={item.hotkey === undefined ? undefined : ariaKeyShortcut(item.hotkey)}
        onClick={() => onNavigate(item.id)}
      >
        <span className={css['icon']}>
          {item.icon}
          {item.badge === undefined ? null : <span className={css['badge']}>{item.badge.text}</span>}
        </span>
        {withLabel ? <span className={css['name']}>{item.label}</span> : null}
      </UnstyledButton>
    </Tooltip>
  );
}
