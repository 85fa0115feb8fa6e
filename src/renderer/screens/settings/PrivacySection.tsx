import { useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { ConfirmDialog } from '#renderer/ui/ConfirmDialog.tsx';
import { FactTable } from '#renderer/ui/FactTable.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import css from './Settings.module.css';

/** Where the records lie, what protects them, and how to take them back or away. */
export function PrivacySection(): ReactNode {
  const t = useT();
  const toast = useToast();
  const { client } = useDesk();
  const [info, setInfo] = useState<OutputOf<AppContract, 'app.info'>>();
  const [recovery, setRecovery] = useState<string>();
  const [asking, setAsking] = useState(false);
  useEffect(() => void client.call('app.info', {}).then(setInfo, () => undefined), [client]);

  const eraseAll = (): void => {
    setAsking(false);
    void client.call('calls.erase', { everything: true }).then(
      (report) => toast({ tone: report.complete ? 'ok' : 'warn', title: t('settings.erased', { files: report.files.length }) }),
      () => toast({ tone: 'error', title: t('common.failed') }),
    );
  };
  return (
    <>
      {info === undefined ? null : (
        <FactTable
          facts={[
            { id: 'key', label: t('settings.key-backend'), value: info.keyBackend === 'locked' ? t('settings.key-locked') : info.keyBackend === 'file' ? t('settings.key-in-file') : t('settings.key-in-store', { store: info.keyBackend }) },
            { id: 'folder', label: t('settings.data-folder'), value: info.dataDir, kind: 'code' },
            { id: 'version', label: t('settings.about'), value: t('settings.version', { version: info.version }) },
          ]}
        />
      )}
      {info?.keyBackend === 'locked' ? <UnlockForm /> : null}
      {recovery === undefined ? null : (
        <>
          <p className={css['text']}>{t('settings.recovery-text')}</p>
          <code className={css['key']}>{recovery}</code>
        </>
      )}
      <div className={css['tools']}>
        <Button size="sm" onClick={() => void client.call('app.recovery-key', {}).then(({ text }) => setRecovery(text), () => toast({ tone: 'error', title: t('common.failed') }))}>
          {t('settings.recovery')}
        </Button>
        <Button size="sm" onClick={() => void client.call('search.reset-picks', {}).then(() => toast({ tone: 'ok', title: t('settings.picks-forgotten') }))}>
          {t('settings.reset-picks')}
        </Button>
        <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
          {t('settings.erase-all')}
        </Button>
      </div>
      <ConfirmDialog open={asking} onClose={() => setAsking(false)} onConfirm={eraseAll} title={t('settings.erase-all')} words={{ close: t('common.close'), cancel: t('common.cancel'), confirm: t('common.delete') }}>
        {t('settings.erase-all-sure')}
      </ConfirmDialog>
    </>
  );
}

/** The way back when the key store was lost: the key from paper. */
function UnlockForm(): ReactNode {
  const t = useT();
  const { client } = useDesk();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const unlock = (): void =>
    void client.call('app.unlock', { text }).then(({ outcome }) => {
      if (outcome !== 'unlocked') setProblem(t(`settings.unlock.${outcome}`));
    });
  return (
    <form
      className={css['section']}
      onSubmit={(event) => {
        event.preventDefault();
        unlock();
      }}
    >
      <TextField label={t('settings.unlock')} value={text} onValueChange={setText} error={problem} />
      <div>
        <Button type="submit" size="sm" variant="primary">
          {t('settings.unlock-do')}
        </Button>
      </div>
    </form>
  );
}
