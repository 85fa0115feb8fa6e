import { IconPhoneOutgoing } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { dialAddress } from '#shared/domain/telephony/dial.ts';

/** Lets the softphone call a number; absent where the text is not one that can be dialled. */
export function DialButton({ client, number }: { client: Client; number: string }): ReactNode {
  const t = useT();
  if (dialAddress(number, { scheme: 'tel', domain: '' }) === undefined) return null;
  return <IconButton label={t('telephony.dial.call', { number })} icon={<IconPhoneOutgoing />} onClick={() => void client.call('telephony.dial', { number }).catch(() => undefined)} />;
}
