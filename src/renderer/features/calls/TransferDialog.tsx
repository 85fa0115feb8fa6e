import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { CallEvent, CallView } from '#shared/ipc/calls.ts';
import css from './CallBar.module.css';

export type TransferDialogProps = { call: CallView; onEvent: (event: CallEvent) => void; onClose: () => void };

/** Records to whom a call goes. The telephone does the passing on; here the caller waits or the call goes to wrap-up. */
export function TransferDialog({ call, onEvent, onClose }: TransferDialogProps): ReactNode {
  const t = useT();
  const [to, setTo] = useState(call.consulting ?? '');
  const consulting = call.consulting !== undefined;
  const whom = to.trim();
  const send = (event: CallEvent): void => {
    onEvent(event);
    onClose();
  };
  const handOver = (): void => send({ type: 'transfer-out', to: whom, kind: consulting ? 'attended' : 'blind' });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('call.transfer')}
      closeLabel={t('common.close')}
      size="sm"
      actions={
        <>
          {consulting ? (
            <Button onClick={() => send({ type: 'resume' })}>{t('call.transfer-back')}</Button>
          ) : (
            <Button disabled={whom === ''} onClick={() => send({ type: 'consult', to: whom })}>
              {t('call.transfer-ask')}
            </Button>
          )}
          <Button variant="primary" disabled={whom === ''} onClick={handOver}>
            {t('call.transfer-now')}
          </Button>
        </>
      }
    >
      <form
        className={css['templates']}
        onSubmit={(event) => {
          event.preventDefault();
          if (whom !== '') handOver();
        }}
      >
        <TextField label={t('call.transfer-to')} value={to} onValueChange={setTo} maxLength={400} autoFocus />
        <p className={css['quiet']}>{t('call.transfer-hint')}</p>
      </form>
    </Dialog>
  );
}
