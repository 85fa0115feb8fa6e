import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { PassphraseDialog } from './KeyDialogs.tsx';
import type { KeysStore } from './keys.store.ts';

/** Unlocks a key where it is needed, without a walk to the page of keys. */
export function UnlockButton({ store, id, name }: { store: KeysStore; id: string; name: string }): ReactNode {
  const t = useT();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>{t('keyring.unlock')}</Button>
      {asking ? <PassphraseDialog title={name} action={t('keyring.unlock')} run={(passphrase) => store.actions.unlock(id, passphrase)} onClose={() => setAsking(false)} /> : null}
    </>
  );
}
