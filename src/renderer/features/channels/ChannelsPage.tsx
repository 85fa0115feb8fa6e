import { IconFolderPlus, IconServer } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { ChannelCard } from './ChannelCard.tsx';
import css from './Channels.module.css';
import type { ChannelsStore } from './channels.store.ts';
import { ServerDialog } from './ServerDialog.tsx';

/** Where knowledge comes from, how each place is, and what to do about it. */
export function ChannelsPage({ store }: { store: ChannelsStore }): ReactNode {
  const t = useT();
  const toast = useToast();
  const state = useStore(store);
  const [adding, setAdding] = useState(false);
  const [server, setServer] = useState(false);
  useEffect(() => void store.actions.load(), [store]);
  const add = (): void => {
    setAdding(true);
    void store.actions
      .add()
      .then((result) => {
        if (!result.added && result.reason !== 'cancelled') toast({ tone: 'warn', title: t(result.reason === 'already-there' ? 'channels.add.already' : 'channels.add.too-many') });
      })
      .catch(() => toast({ tone: 'error', title: t('common.failed') }))
      .finally(() => setAdding(false));
  };
  if (state.kind === 'loading') return <p className={css['text']}>{t('common.loading')}</p>;
  return (
    <div className={css['root']}>
      <p className={css['text']}>{t('channels.about')}</p>
      <div className={css['tools']}>
        <Button variant="primary" size="sm" icon={<IconFolderPlus />} busy={adding} onClick={add}>
          {t('channels.add')}
        </Button>
        <Button size="sm" icon={<IconServer />} onClick={() => setServer(true)}>
          {t('servers.add')}
        </Button>
        {state.channels.length === 0 ? null : (
          <Button size="sm" onClick={() => void store.actions.check()}>
            {t('channels.check')}
          </Button>
        )}
      </div>
      {state.channels.length === 0 ? <EmptyState title={t('channels.none')} /> : state.channels.map((channel) => <ChannelCard key={channel.id} channel={channel} actions={store.actions} />)}
      {server ? <ServerDialog actions={store.actions} onClose={() => setServer(false)} /> : null}
    </div>
  );
}
