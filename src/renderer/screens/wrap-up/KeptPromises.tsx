import type { ReactNode } from 'react';
import { whenText } from '#renderer/features/follow-ups/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import css from './WrapUp.module.css';

/** Ticked ones are done when the call is finished. */
export function KeptPromises({ promises, kept, onKept }: { promises: readonly FollowUp[]; kept: ReadonlySet<string>; onKept: (id: string, kept: boolean) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  if (promises.length === 0) return null;
  return (
    <fieldset className={css['kept']}>
      <legend>{t('wrap-up.promised-before')}</legend>
      {promises.map((one) => (
        <CheckField key={one.id} label={t('follow-up.added', { kind: t(`follow-up.kind.${one.kind}`), text: one.text, when: whenText(one.dueAt, language) })} value={kept.has(one.id)} onValueChange={(on) => onKept(one.id, on)} />
      ))}
    </fieldset>
  );
}
