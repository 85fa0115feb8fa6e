import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { CheckedStep } from '#shared/domain/channel-check.ts';
import type { PickedFile, ServerForm } from '#shared/ipc/delivery.ts';
import { CheckSteps } from './CheckSteps.tsx';
import css from './Channels.module.css';
import type { ChannelsStore } from './channels.store.ts';

/** Sets a server up as a channel: where it is, how to get in, and a trial of the whole way before it is used. */
export function ServerDialog({ actions, onClose }: { actions: ChannelsStore['actions']; onClose: () => void }): ReactNode {
  const t = useT();
  const toast = useToast();
  const [address, setAddress] = useState('');
  const [user, setUser] = useState('');
  const [prefix, setPrefix] = useState('');
  const [key, setKey] = useState<PickedFile>();
  const [authority, setAuthority] = useState<PickedFile>();
  const [problem, setProblem] = useState<{ field: 'address' | 'prefix'; text: string }>();
  const [busy, setBusy] = useState<'try' | 'add'>();
  const [steps, setSteps] = useState<readonly CheckedStep[]>();
  const failed = (): void => toast({ tone: 'error', title: t('common.failed') });
  const form = (): ServerForm => ({
    servers: address.split(/[\s,;]+/).filter((one) => one !== '').slice(0, 10),
    ...(user.trim() === '' ? {} : { user: user.trim() }), ...(prefix.trim() === '' ? {} : { prefix: prefix.trim() }),
    ...(key === undefined ? {} : { key: key.id }), ...(authority === undefined ? {} : { authority: authority.id }),
  });
  const say = (reason: 'bad-address' | 'bad-prefix' | 'already-there'): void => setProblem({ field: reason === 'bad-prefix' ? 'prefix' : 'address', text: t(`servers.add.${reason}`) });
  const run = (what: 'try' | 'add', work: () => Promise<void>): void => {
    setProblem(undefined);
    if (address.trim() === '') return say('bad-address');
    setBusy(what);
    void work().catch(failed).finally(() => setBusy(undefined));
  };
  const attempt = async (): Promise<void> => {
    setSteps(undefined);
    const found = await actions.tryServer({ form: form() });
    if (found === null) say(prefix.trim() === '' ? 'bad-address' : 'bad-prefix');
    else setSteps(found);
  };
  const add = async (): Promise<void> => {
    const done = await actions.addServer(form());
    if (done.added) {
      toast({ tone: 'ok', title: t('servers.added') });
      onClose();
    } else if (done.reason === 'too-many') toast({ tone: 'warn', title: t('channels.add.too-many') });
    else say(done.reason);
  };
  const pick = (what: 'key' | 'authority'): void => {
    void actions.pickFile(what).then((file) => {
      if (file === null) return;
      setSteps(undefined);
      if (what === 'authority') return setAuthority(file);
      setKey(file);
      if (file.user !== undefined && user === '') setUser(file.user);
    }, failed);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('servers.add')}
      closeLabel={t('common.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button busy={busy === 'try'} onClick={() => run('try', attempt)}>
            {t(steps === undefined ? 'servers.try' : 'servers.try-again')}
          </Button>
          <Button variant="primary" busy={busy === 'add'} onClick={() => run('add', add)}>
            {t('servers.add')}
          </Button>
        </>
      }
    >
      <div className={css['form']}>
        <p className={css['text']}>{t('servers.about')}</p>
        <TextField label={t('servers.address')} hint={t('servers.address.hint')} value={address} onValueChange={setAddress} code required autoFocus maxLength={1_000} error={problem?.field === 'address' ? problem.text : undefined} />
        <FileField label={t('servers.key')} hint={t('servers.key.hint')} file={key} choose={t('servers.key.choose')} problem={key !== undefined && key.holds !== 'seed' && key.holds !== 'credentials' ? t('servers.key.other') : undefined} onChoose={() => pick('key')} />
        <div className={css['pair']}>
          <TextField label={t('servers.user')} hint={t('servers.user.hint')} value={user} onValueChange={setUser} code maxLength={60} />
          <TextField label={t('servers.prefix')} hint={t('servers.prefix.hint')} value={prefix} onValueChange={setPrefix} code maxLength={100} error={problem?.field === 'prefix' ? problem.text : undefined} />
        </div>
        <FileField label={t('servers.authority')} hint={t('servers.authority.hint')} file={authority} choose={t('servers.authority.choose')} problem={authority !== undefined && authority.holds !== 'certificates' ? t('servers.authority.other') : undefined} onChoose={() => pick('authority')} />
        {steps === undefined ? null : <CheckSteps steps={steps} />}
      </div>
    </Dialog>
  );
}

function FileField({ label, hint, file, choose, problem, onChoose }: { label: string; hint: string; file: PickedFile | undefined; choose: string; problem: string | undefined; onChoose: () => void }): ReactNode {
  const t = useT();
  return (
    <fieldset className={css['file']}>
      <legend>{label}</legend>
      <p className={css['hint']}>{hint}</p>
      <div className={css['tools']}>
        <Button size="sm" onClick={onChoose}>
          {choose}
        </Button>
        <output className={css['path']}>{file === undefined ? t('servers.none-chosen') : <bdi>{file.path}</bdi>}</output>
      </div>
      {problem === undefined ? null : <p role="alert" className={css['problem']}>{problem}</p>}
    </fieldset>
  );
}
