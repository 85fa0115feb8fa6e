import { IconBraces } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { MenuButton } from '#renderer/ui/MenuButton.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { localize } from '#shared/domain/common.ts';
import { useScript } from './script-context.ts';
import css from './script.module.css';

/** Slots the desk itself fills. */
const DESK_SLOTS = ['call.name', 'agent.name', 'company', 'today', 'call.number', 'call.queue'] as const;

/** Words to say, with the variables of the script one key away; a picked one lands where the caret is. */
export function SlotArea({ label, value, onValueChange, rows = 3, hint, error }: { label: string; value: string; onValueChange: (value: string) => void; rows?: number; hint?: string; error?: string | undefined }): ReactNode {
  const t = useT();
  const { script, language } = useScript();
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string): void => {
    const at = area.current?.selectionStart ?? value.length;
    const end = area.current?.selectionEnd ?? at;
    onValueChange(`${value.slice(0, at)}{{${name}}}${value.slice(end)}`);
    // After the menu gave focus back.
    setTimeout(() => {
      area.current?.focus();
      area.current?.setSelectionRange(at + name.length + 4, at + name.length + 4);
    });
  };
  const slots = [
    ...(script.fields ?? []).map((field) => ({ id: field.id, label: t('edit.slot.field', { label: localize(field.label, language, script.language), name: field.id }) })),
    ...DESK_SLOTS.map((id) => ({ id, label: t(`edit.slot.${id}`) })),
  ];
  return (
    <div className={css['slotArea']}>
      <NoteArea ref={area} label={label} fit="grow" minRows={rows} maxRows={14} value={value} onValueChange={onValueChange} maxLength={4_000} hint={error ?? hint} />
      <div className={css['slotMenu']}>
        <MenuButton button={<IconButton label={t('edit.slot.insert', { label })} icon={<IconBraces />} />} entries={slots.map((slot) => ({ id: slot.id, label: slot.label, onSelect: () => insert(slot.id) }))} />
      </div>
    </div>
  );
}
