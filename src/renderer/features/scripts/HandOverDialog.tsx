import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import type { HandOverOptions } from '#shared/domain/scripts/pause.ts';
import css from './ScriptPane.module.css';

/** Says what leaves the desk before it leaves. Caller and sensitive fields only when asked for. */
export function HandOverDialog({ onSave, onClose }: { onSave: (options: HandOverOptions) => void; onClose: () => void }): ReactNode {
  const t = useT();
  const [caller, setCaller] = useState(false);
  const [sensitive, setSensitive] = useState(false);
  return (
    <Dialog open onClose={onClose} title={t('script.hand-over-title')} closeLabel={t('common.close')}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          onSave({ caller, sensitive });
          onClose();
        }}
      >
        <p className={css['empty']}>{t('script.hand-over-lead')}</p>
        <CheckField label={t('script.hand-over-caller')} value={caller} onValueChange={setCaller} />
        <CheckField label={t('script.hand-over-sensitive')} value={sensitive} onValueChange={setSensitive} />
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" data-autofocus>
            {t('script.hand-over-save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
