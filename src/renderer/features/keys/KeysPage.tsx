import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useT } from '#renderer/messages/messages.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { KeyRing } from './KeyRing.tsx';
import type { KeysStore } from './keys.store.ts';
import css from './keys.module.css';
import { TrustPane } from './TrustPane.tsx';

/** Keys on the left, what they are trusted with on the right. */
export function KeysPage({ store, agentName }: { store: KeysStore; agentName: string }): ReactNode {
  const t = useT();
  const state = useStore(store);
  useEffect(() => void store.actions.load(), [store]);
  if (state.kind === 'loading') return <Pane title={t('keyring.title')}>{t('common.loading')}</Pane>;
  return (
    <div className={css['root']}>
      <div className={css['page']}>
        <KeyRing store={store} state={state} agentName={agentName} />
        <TrustPane store={store} state={state} />
      </div>
    </div>
  );
}
