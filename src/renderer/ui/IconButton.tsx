import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import css from './IconButton.module.css';
import { KeyHint } from './KeyHint.tsx';
import { ariaKeyShortcut } from './keys.ts';

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label'> {
  /** Name for assistive technology and the tooltip. */
  label: string;
  icon: ReactNode;
  hotkey?: string | undefined;
  pressed?: boolean | undefined;
  tone?: 'plain' | 'danger';
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right';
}

/** A square button with an icon; its label is its name and its tooltip, shown on focus as well as on hover, but never over the menu it opened. */
export function IconButton(props: IconButtonProps): ReactNode {
  const { label, icon, hotkey, pressed, tone = 'plain', tooltipSide = 'bottom', className, ...rest } = props;
  const tip = (
    <span className={css['tip']}>
      {label}
      {hotkey === undefined ? null : <KeyHint keys={hotkey} tone="inherit" />}
    </span>
  );
  return (
    <Tooltip label={tip} position={tooltipSide} openDelay={350} classNames={{ tooltip: css['tooltip'] ?? '' }} events={{ hover: true, focus: true, touch: false }} transitionProps={{ duration: 0 }} withinPortal disabled={rest['aria-expanded'] === true || rest['aria-expanded'] === 'true'}>
      <UnstyledButton
        {...rest}
        type={rest.type ?? 'button'}
        className={[css['root'], className].filter(Boolean).join(' ')}
        data-tone={tone}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={hotkey === undefined ? undefined : ariaKeyShortcut(hotkey)}
      >
        {icon}
      </UnstyledButton>
    </Tooltip>
  );
}
