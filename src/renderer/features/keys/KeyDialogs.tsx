import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { KEY_ROLES, type KeyRole } from '#shared/domain/packs/keys.ts';
import { PASSPHRASE_MIN } from '#shared/ipc/keys.ts';
import css from './keys.module.css';
import { keyOutcomeText } from './outcome-text.ts';

/** One passphrase, for one thing. Stays open with a sentence when it was the wrong one. */
export function PassphraseDialog({ title, action, run, onClose }: { title: string; action: string; run: (passphrase: string) => Promise<string>; onClose: () => void }): ReactNode {
  const t = useT();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    if (passphrase === '' || busy) return;
    setBusy(true);
    const outcome = await run(passphrase);
    setBusy(false);
    const text = outcome === 'added' ? undefined : keyOutcomeText(t, outcome);
    if (text === undefined) onClose();
    else setProblem(text);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={t('common.close')}
      size="sm"
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" busy={busy} disabled={passphrase === ''} onClick={() => void go()}>
            {action}
          </Button>
        </>
      }
    >
      <TextField label={t('keyring.passphrase')} type="password" value={passphrase} onValueChange={setPassphrase} autoFocus error={problem} onKeyDown={(event) => (event.key === 'Enter' ? void go() : undefined)} />
    </Dialog>
  );
}

export type NewKey = { name: string; roles: KeyRole[]; passphrase: string; sheet: string };

/** A new key, or one from its sheet: name, rights and a passphrase typed twice. */
export function NewKeyDialog({ from, name: suggested, run, onClose }: { from: 'nothing' | 'sheet'; name: string; run: (key: NewKey) => Promise<string>; onClose: () => void }): ReactNode {
  const t = useT();
  const [name, setName] = useState(suggested);
  const [roles, setRoles] = useState<readonly KeyRole[]>(KEY_ROLES);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [sheet, setSheet] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const differ = again !== '' && again !== passphrase;
  const complete = name.trim() !== '' && roles.length > 0 && passphrase.length >= PASSPHRASE_MIN && again === passphrase && (from === 'nothing' || sheet.trim() !== '');
  const go = async (): Promise<void> => {
    if (!complete || busy) return;
    setBusy(true);
    const outcome = await run({ name: name.trim(), roles: [...roles], passphrase, sheet });
    setBusy(false);
    const text = outcome === 'added' ? undefined : keyOutcomeText(t, outcome);
    if (text === undefined) onClose();
    else setProblem(text);
  };
  const title = t(from === 'nothing' ? 'keyring.create' : 'keyring.restore');
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={t('common.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" busy={busy} disabled={!complete} onClick={() => void go()}>
            {title}
          </Button>
        </>
      }
    >
      <div className={css['form']}>
        {from === 'nothing' ? null : <TextField label={t('keyring.sheet-text')} hint={t('keyring.sheet-text.hint')} value={sheet} onValueChange={setSheet} code autoFocus error={problem} />}
        <TextField label={t('keyring.name')} value={name} onValueChange={setName} autoFocus={from === 'nothing'} />
        <fieldset className={css['roles']}>
          <legend>{t('keyring.roles')}</legend>
          {KEY_ROLES.map((role) => (
            <CheckField key={role} label={t(`keyring.role.${role}`)} hint={t(`keyring.role.${role}.hint`)} value={roles.includes(role)} onValueChange={(on) => setRoles(on ? [...roles, role] : roles.filter((one) => one !== role))} />
          ))}
        </fieldset>
        <TextField label={t(from === 'nothing' ? 'keyring.passphrase' : 'keyring.passphrase.new')} type="password" hint={t('keyring.passphrase.hint', { count: PASSPHRASE_MIN })} value={passphrase} onValueChange={setPassphrase} />
        <TextField label={t('keyring.passphrase.again')} type="password" value={again} onValueChange={setAgain} error={differ ? t('keyring.passphrase.differ') : undefined} onKeyDown={(event) => (event.key === 'Enter' ? void go() : undefined)} />
      </div>
    </Dialog>
  );
}
