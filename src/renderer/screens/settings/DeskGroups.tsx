import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { ListField } from '#renderer/features/authoring/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useLocks } from './PolicySection.tsx';

/** The teams and queues of this desk: announcements and scripts for others are not shown here. */
export function DeskGroups(): ReactNode {
  const t = useT();
  const { settings } = useDesk();
  const { desk } = useStore(settings);
  const lock = useLocks();
  return (['teams', 'queues'] as const).map((name) => {
    const why = lock(`desk.${name}`);
    return why === undefined ? (
      <ListField key={name} label={t(`settings.desk.${name}`)} hint={t(`settings.desk.${name}-hint`)} value={desk[name]} onValueChange={(next) => void settings.actions.update({ desk: { ...desk, [name]: next } })} />
    ) : (
      <TextField key={name} label={t(`settings.desk.${name}`)} hint={why} value={desk[name].join(', ')} onValueChange={() => undefined} disabled />
    );
  });
}
