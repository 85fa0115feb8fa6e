import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

export interface ConfirmDialogProps {
  open: boolean;
  /** Closed without doing it: by the safe button, Escape, or a click outside. */
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  words: { close: string; cancel: string; confirm: string };
  /** What will be gone, and whether it can be had back. */
  children: ReactNode;
}

/** Asks once more before something is taken away. Focus starts on the safe button. */
export function ConfirmDialog({ open, onClose, onConfirm, title, words, children }: ConfirmDialogProps): ReactNode {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      closeLabel={words.close}
      size="sm"
      actions={
        <>
          <Button data-autofocus onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="danger" onClick={onConfirm}>
            {words.confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
