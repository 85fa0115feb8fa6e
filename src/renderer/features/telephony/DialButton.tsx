import { IconPhoneOutgoing } from '@tabler/icons-react';
import { useCallback, type ReactNode } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { dialAddress } from '#shared/domain/telephony/dial.ts';

/** Whether a text is a number the softphone of this machine can be given. */
export function canDial(number: string | undefined): number is string {
  return number !== undefined && dialAddress(number, { scheme: 'tel', domain: '' }) !== undefined;
}

/** Hands a number to the softphone, and says so where nothing took it. */
export function useDial(client: Client): (number: string) => void {
  const t = useT();
  const toast = useToast();
  return useCallback(
    (number: string) => {
      const failed = (): void => toast({ tone: 'warn', title: t('telephony.dial.failed'), detail: t('telephony.dial.failed-text') });
      void client.call('telephony.dial', { number }).then(({ dialled }) => (dialled ? undefined : failed()), failed);
    },
    [client, toast, t],
  );
}

/** Lets the softphone call a number; absent where the text is not one that can be dialled. */
export function DialButton({ client, number, hotkey }: { client: Client; number: string | undefined; hotkey?: string }): ReactNode {
  const t = useT();
  const dial = useDial(client);
  if (!canDial(number)) return null;
  return <IconButton label={t('telephony.dial.call', { number })} icon={<IconPhoneOutgoing />} hotkey={hotkey} onClick={() => dial(number)} />;
}
