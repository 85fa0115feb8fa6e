import { IconDots, IconKey } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { ConfirmDialog } from '#renderer/ui/ConfirmDialog.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { MenuButton } from '#renderer/ui/MenuButton.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { shortKeyId, type HeldKey } from '#shared/domain/packs/keys.ts';
import { NewKeyDialog, PassphraseDialog, type NewKey } from './KeyDialogs.tsx';
import type { KeysState, KeysStore } from './keys.store.ts';
import css from './keys.module.css';
import { keyOutcomeText } from './outcome-text.ts';

type Asking = { what: 'create' | 'restore' | 'import' } | { what: 'unlock' | 'print' | 'pdf' | 'remove'; key: HeldKey };

/** The signing keys of this desk: made, unlocked for the session, carried elsewhere, printed. */
export function KeyRing({ store, state, agentName }: { store: KeysStore; state: Extract<KeysState, { kind: 'ready' }>; agentName: string }): ReactNode {
  const t = useT();
  const toast = useToast();
  const [asking, setAsking] = useState<Asking | undefined>(undefined);
  const { actions } = store;
  const close = (): void => setAsking(undefined);
  const tell = (outcome: string): void => {
    if (outcome === 'cancelled') return;
    const text = keyOutcomeText(t, outcome);
    toast({ tone: text === undefined ? 'ok' : 'warn', title: text ?? t('keyring.done.saved') });
  };
  const made = async (key: NewKey): Promise<string> => {
    if (asking?.what === 'restore') {
      const outcome = await actions.restore(key.sheet, key.name, key.roles, key.passphrase);
      if (outcome === 'added') toast({ tone: 'ok', title: t('keyring.done.restored') });
      return outcome;
    }
    await actions.create(key.name, key.roles, key.passphrase);
    toast({ tone: 'ok', title: t('keyring.done.created'), stayMs: 12_000 });
    return 'added';
  };
  const imported = async (passphrase: string): Promise<string> => {
    const outcome = await actions.importFile(passphrase);
    if (outcome === 'added') toast({ tone: 'ok', title: t('keyring.outcome.added') });
    return outcome;
  };
  const printed = async (key: HeldKey, passphrase: string, as: 'print' | 'pdf'): Promise<string> => {
    const outcome = await actions.sheet(key.id, passphrase, as);
    if (outcome === 'done') toast({ tone: 'ok', title: t(as === 'print' ? 'keyring.done.printed' : 'keyring.done.saved') });
    return outcome;
  };
  const buttons = (primary: boolean): ReactNode => (
    <div className={css['tools']}>
      <Button variant={primary ? 'primary' : 'neutral'} onClick={() => setAsking({ what: 'create' })}>
        {t('keyring.create')}
      </Button>
      <Button onClick={() => setAsking({ what: 'import' })}>{t('keyring.import')}</Button>
      <Button onClick={() => setAsking({ what: 'restore' })}>{t('keyring.restore')}</Button>
    </div>
  );
  return (
    <Pane title={t('keyring.title')}>
      <div className={css['stack']}>
        {state.keys.length === 0 ? (
          <EmptyState icon={<IconKey />} title={t('keyring.none')} action={buttons(true)}>
            {t('keyring.none.text')}
          </EmptyState>
        ) : (
          <>
            {state.keys.map((key) => (
              <Card
                key={key.id}
                title={key.name}
                meta={<span className={css['code']}>{shortKeyId(key.id)}</span>}
                tone={key.unlocked ? 'ok' : 'plain'}
                toolbar={
                  <>
                    {key.unlocked ? (
                      <Button size="sm" onClick={() => void actions.lock(key.id)}>
                        {t('keyring.lock')}
                      </Button>
                    ) : (
                      <Button size="sm" variant="primary" onClick={() => setAsking({ what: 'unlock', key })}>
                        {t('keyring.unlock')}
                      </Button>
                    )}
                    <MenuButton
                      button={<IconButton label={t('keyring.more', { name: key.name })} icon={<IconDots />} />}
                      entries={[
                        { id: 'share', label: t('keyring.share'), onSelect: () => void actions.share(key.id).then(tell) },
                        { id: 'print', label: t('keyring.print'), onSelect: () => setAsking({ what: 'print', key }) },
                        { id: 'pdf', label: t('keyring.pdf'), onSelect: () => setAsking({ what: 'pdf', key }) },
                        { id: 'export', label: t('keyring.export'), onSelect: () => void actions.exportFile(key.id).then(tell) },
                        { id: 'remove', label: t('keyring.remove'), danger: true, onSelect: () => setAsking({ what: 'remove', key }) },
                      ]}
                    />
                  </>
                }
              >
                <p className={css['line']}>
                  {key.unlocked ? t('keyring.unlocked') : t('keyring.locked')}
                  {' · '}
                  {key.roles.map((role) => t(`keyring.role.${role}`)).join(', ')}
                </p>
                <p className={css['faint']}>{t(key.wrapped ? 'keyring.guarded' : 'keyring.guarded.passphrase')}</p>
              </Card>
            ))}
            {buttons(false)}
          </>
        )}
      </div>
      {asking?.what === 'create' || asking?.what === 'restore' ? <NewKeyDialog from={asking.what === 'create' ? 'nothing' : 'sheet'} name={agentName} run={made} onClose={close} /> : null}
      {asking?.what === 'import' ? <PassphraseDialog title={t('keyring.import')} action={t('trust.choose-file')} run={imported} onClose={close} /> : null}
      {asking?.what === 'unlock' ? <PassphraseDialog title={asking.key.name} action={t('keyring.unlock')} run={(passphrase) => actions.unlock(asking.key.id, passphrase)} onClose={close} /> : null}
      {asking?.what === 'print' || asking?.what === 'pdf' ? <PassphraseDialog title={t(`keyring.${asking.what}`)} action={t(`keyring.${asking.what}`)} run={(passphrase) => printed(asking.key, passphrase, asking.what === 'print' ? 'print' : 'pdf')} onClose={close} /> : null}
      {asking?.what === 'remove' ? (
        <ConfirmDialog open onClose={close} onConfirm={() => void actions.remove(asking.key.id).then(close)} title={t('keyring.remove.title', { name: asking.key.name })} words={{ close: t('common.close'), cancel: t('common.cancel'), confirm: t('keyring.remove') }}>
          <p className={css['line']}>{t('keyring.remove.text', { name: asking.key.name })}</p>
        </ConfirmDialog>
      ) : null}
    </Pane>
  );
}
