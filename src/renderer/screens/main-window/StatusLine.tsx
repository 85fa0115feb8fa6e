import { useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { KeyHint } from '#renderer/ui/KeyHint.tsx';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import { en } from '#shared/messages/en.ts';
import css from './MainWindow.module.css';

type Health = OutputOf<AppContract, 'app.health'>;

/** One quiet line: what is wrong, if anything, and the two keys that lead to everything else. */
export function StatusLine(): ReactNode {
  const t = useT();
  const { client } = useDesk();
  const [health, setHealth] = useState<Health>();
  useEffect(() => {
    const read = (): void => void client.call('app.health', {}).then(setHealth, () => undefined);
    read();
    return client.on('health.changed', read);
  }, [client]);
  return (
    <div className={css['status']}>
      <span role="status">{t(statusKey(health))}</span>
      <span className={css['spacer']} />
      <span className={css['keys']}>
        <KeyHint keys="mod+k" decorative /> {t('palette.open')} <KeyHint keys="f1" decorative /> {t('keys.title')}
      </span>
    </div>
  );
}

function statusKey(health: Health | undefined): MessageKey {
  if (health === undefined) return 'status.ready';
  if (health.records === 'failed') return 'status.records-failed';
  if (health.records === 'restarting') return 'status.records-restarting';
  if (health.knowledge === 'failed') return 'status.knowledge-failed';
  if (health.knowledge === 'restarting') return 'status.knowledge-restarting';
  const worst = health.notes.find((note) => note.level === 'error') ?? health.notes.find((note) => note.level === 'warning');
  return worst !== undefined && isKey(worst.message) ? worst.message : 'status.ready';
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
