import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './Dialog.module.css';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  children: ReactNode;
  /** Buttons. Give `data-autofocus` to the safe one; without it focus starts on the close button. */
  actions?: ReactNode;
  size?: 'sm' | 'md' | 'lg' | 'xl';
}

/** A modal question or form. Escape and a click outside close it; focus goes in, stays in, and comes back. */
export function Dialog({ open, onClose, title, closeLabel, children, actions, size = 'md' }: DialogProps): ReactNode {
  const width = { sm: '26rem', md: '36rem', lg: '54rem', xl: '72rem' }[size];
  return (
    <Modal.Root opened={open} onClose={onClose} size={width} centered padding={0} radius="md" shadow="none" transitionProps={{ duration: 0 }} classNames={{ content: css['content'] ?? '', overlay: css['shade'] ?? '' }}>
      <Modal.Overlay />
      <Modal.Content>
        {/* A div: inside a dialog, <header> would count as a second banner of the page. */}
        <div className={css['header']}>
          <Modal.Title className={css['title'] ?? ''}>{title}</Modal.Title>
          <Modal.CloseButton className={css['close'] ?? ''} aria-label={closeLabel} />
        </div>
        <Modal.Body>
          <div className={css['main']}>{children}</div>
          {actions === undefined ? null : <div className={css['actions']}>{actions}</div>}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
