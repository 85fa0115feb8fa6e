import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { useHotkeyList } from '#renderer/ui/use-hotkeys.tsx';
import { HotkeyList } from '#renderer/ui/HotkeyList.tsx';

/** Every key that works right now. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const t = useT();
  const { hotkeys } = useHotkeyList();
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')} closeLabel={t('common.close')} size="xl">
      <HotkeyList hotkeys={hotkeys} otherGroup={t('keys.group.move')} />
    </Dialog>
  );
}
