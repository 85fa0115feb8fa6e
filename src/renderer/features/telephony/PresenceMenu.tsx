import { IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { ClockFace } from '#renderer/ui/ClockFace.tsx';
import { MenuButton } from '#renderer/ui/MenuButton.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { PresenceView } from '#shared/ipc/telephony.ts';

export type PresenceMenuProps = { client: Client; /** Not-ready reasons of this desk, in their order. */ reasons: readonly { id: string; label: string }[] };

/** Whether this desk takes calls, and the reason while it does not; the queues and the records are told. */
export function PresenceMenu({ client, reasons }: PresenceMenuProps): ReactNode {
  const t = useT();
  const [presence, setPresence] = useState<PresenceView>({});
  useEffect(() => {
    void client.call('telephony.presence', {}).then(setPresence, () => undefined);
    return client.on('telephony.presence', setPresence);
  }, [client]);
  const { reason, since } = presence;
  const set = (next: string | undefined): void => void client.call('telephony.not-ready', next === undefined ? {} : { reason: next }).catch(() => undefined);
  useHotkeys([{ id: 'presence', keys: 'f12', label: t('presence.key'), group: t('keys.group.call'), run: () => document.querySelector<HTMLElement>('[data-presence]')?.click() }], { scope: 'presence' });
  return (
    <>
      <MenuButton
        button={
          <Button variant="quiet" hotkey="f12" data-presence icon={reason === undefined ? <IconCircleCheck /> : <IconCircleMinus />}>
            {reason === undefined ? t('presence.ready') : (reasons.find((one) => one.id === reason)?.label ?? t('presence.not-ready'))}
          </Button>
        }
        entries={[
          ...(reason === undefined ? [] : [{ id: 'ready', label: t('presence.ready-again'), onSelect: () => set(undefined) }]),
          ...reasons.filter((one) => one.id !== reason).map((one) => ({ id: one.id, label: one.label, onSelect: () => set(one.id) })),
        ]}
      />
      {reason === undefined || since === undefined ? null : <ClockFace startedAt={since} label={t('presence.since')} />}
    </>
  );
}
