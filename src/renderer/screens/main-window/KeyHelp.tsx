import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { SITUATION_KEYS } from '#renderer/features/prompts/index.ts';
import { SCOPES } from '#renderer/features/search/index.ts';
import { useT, type T } from '#renderer/messages/messages.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import type { ListedHotkey } from '#renderer/ui/hotkey-registry.ts';
import { useHotkeyList } from '#renderer/ui/use-hotkeys.tsx';
import { HotkeyList } from '#renderer/ui/HotkeyList.tsx';
import { SITUATIONS } from '#shared/domain/prompts/schema.ts';

/** Every key that works right now, and the grammar inside search and words, which have keys of their own. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const t = useT();
  const { prompts } = useDesk();
  const inCall = useStore(prompts, (state) => state.kind === 'open');
  const { hotkeys } = useHotkeyList();
  const grammar = useMemo(() => [...searchKeys(t), ...listKeys(t), ...(inCall ? wordsKeys(t) : [])], [t, inCall]);
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')} closeLabel={t('common.close')} size="xl">
      <HotkeyList hotkeys={[...hotkeys, ...grammar]} otherGroup={t('keys.group.move')} />
    </Dialog>
  );
}

/** In the palette: what narrows it, and what to do with a row. */
function searchKeys(t: T): ListedHotkey[] {
  const group = t('keys.group.search');
  const key = (keys: string, label: string): ListedHotkey => ({ id: keys, keys, label, group, scope: 'search' });
  return [
    ...Object.entries(SCOPES).map(([prefix, kind]) => key(prefix, t('keys.search.only', { kind: t(`palette.group.${kind}`) }))),
    key('enter', t('palette.key.open')),
    key('mod+enter', t('palette.key.copy')),
    key('alt+p', t('palette.key.pin')),
  ];
}

/** In lists of answers, scripts, steps and suggestions. */
function listKeys(t: T): ListedHotkey[] {
  const group = t('keys.group.lists');
  const key = (keys: string, label: string): ListedHotkey => ({ id: keys, keys, label, group, scope: 'lists' });
  return [key('arrowdown', t('keys.lists.down')), key('1', t('keys.lists.digit')), key('enter', t('keys.lists.pick')), key('escape', t('keys.lists.leave'))];
}

/** After F6: a letter for the moment, then a digit for the words. */
function wordsKeys(t: T): ListedHotkey[] {
  const group = t('keys.group.words');
  const key = (keys: string, label: string): ListedHotkey => ({ id: keys, keys, label, group, scope: 'words' });
  return [...SITUATIONS.map((one) => key(SITUATION_KEYS[one], t(`situation.${one}`))), key('1', t('prompts.use')), key('shift+1', t('prompts.favourite'))];
}
