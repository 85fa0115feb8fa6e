import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { KeyRing } from './KeyRing.tsx';
import type { KeysStore } from './keys.store.ts';
import css from './keys.module.css';
import { TrustPane } from './TrustPane.tsx';

/** Keys on the left, what they are trusted with on the right. */
export function KeysPage({ store, agentName }: { store: KeysStore; agentName: string }): ReactNode {
  const state = useStore(store);
  useEffect(() => void store.actions.load(), [store]);
  if (state.kind === 'loading') return null;
  return (
    <div className={css['page']}>
      <KeyRing store={store} state={state} agentName={agentName} />
      <TrustPane store={store} state={state} />
    </div>
  );
}
