import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './Dialog.module.css';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  children: ReactNode;
  /** Buttons; the first reached by Tab should be the safe one. */
  actions?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
}

/** A modal question or form. Escape and a click outside close it; focus goes in, stays in, and comes back. */
export function Dialog({ open, onClose, title, closeLabel, children, actions, size = 'md' }: DialogProps): ReactNode {
  const width = { sm: '26rem', md: '36rem', lg: '54rem' }[size];
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={width}
      centered
      padding={0}
      radius="md"
      shadow="none"
      transitionProps={{ duration: 0 }}
      overlayProps={{ className: css['shade'] ?? '' }}
      closeButtonProps={{ 'aria-label': closeLabel }}
      classNames={{ content: css['content'] ?? '', header: css['header'] ?? '', title: css['title'] ?? '', body: css['body'] ?? '', close: css['close'] ?? '' }}
    >
      <div className={css['main']}>{children}</div>
      {actions === undefined ? null : <div className={css['actions']}>{actions}</div>}
    </Modal>
  );
}
