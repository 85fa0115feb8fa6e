import { UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import css from './Button.module.css';
import { KeyHint } from './KeyHint.tsx';
import { ariaKeyShortcut } from './keys.ts';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  children: ReactNode;
  /** `primary`: the one next thing. `neutral`: anything else. `quiet`: in toolbars and rows. `danger`: ends or erases. */
  variant?: 'primary' | 'neutral' | 'quiet' | 'danger';
  size?: 'sm' | 'md' | 'lg';
  icon?: ReactNode;
  /** A chord that does the same; shown as caps and told to assistive technology. The binding itself is made with `useHotkeys`. */
  hotkey?: string | undefined;
  /** Pressed or not, for a button that toggles; undefined for one that does not. */
  pressed?: boolean | undefined;
  /** Working: stays focusable and keeps its width, ignores clicks. */
  busy?: boolean;
  wide?: boolean;
}

export function Button(props: ButtonProps): ReactNode {
  const { children, variant = 'neutral', size = 'md', icon, hotkey, pressed, busy = false, wide = false, onClick, className, ...rest } = props;
  return (
    <UnstyledButton
      {...rest}
      type={rest.type ?? 'button'}
      className={[css['root'], className].filter(Boolean).join(' ')}
      data-variant={variant}
      data-size={size}
      data-wide={wide || undefined}
      data-busy={busy || undefined}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={hotkey === undefined ? undefined : ariaKeyShortcut(hotkey)}
      onClick={busy ? undefined : onClick}
    >
      {icon === undefined ? null : <span className={css['icon']}>{icon}</span>}
      <span className={css['label']}>{children}</span>
      {hotkey === undefined ? null : <KeyHint keys={hotkey} tone={variant === 'primary' ? 'inherit' : 'plain'} decorative />}
    </UnstyledButton>
  );
}
