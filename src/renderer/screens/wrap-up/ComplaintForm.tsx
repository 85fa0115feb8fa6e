import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { SwitchField } from '#renderer/ui/SwitchField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { Complaint } from '#shared/domain/calls/schema.ts';
import css from './WrapUp.module.css';

const EMPTY: Complaint = { category: '', promised: '', resolved: false, resolution: '' };

/** A complaint and its resolution, recorded as such. Opens by itself when the outcome is one. */
export function ComplaintForm({ value, needed, onChange }: { value: Complaint | undefined; needed: boolean; onChange: (complaint: Complaint | undefined) => void }): ReactNode {
  const t = useT();
  const open = needed || value !== undefined;
  const shown = value ?? EMPTY;
  const change = (part: Partial<Complaint>): void => {
    const next = { ...shown, ...part };
    // A complaint without a subject cannot be stored; the rest of the form waits for it.
    onChange(next);
  };
  return (
    <section className={css['complaint']} aria-label={t('wrap-up.complaint')}>
      {needed ? <h3 className={css['heading']}>{t('wrap-up.complaint')}</h3> : <SwitchField label={t('wrap-up.complaint-is')} value={open} onValueChange={(on) => onChange(on ? EMPTY : undefined)} />}
      {open ? (
        <>
          <TextField label={t('wrap-up.complaint-category')} value={shown.category} onValueChange={(category) => change({ category })} />
          <TextField label={t('wrap-up.complaint-promised')} value={shown.promised} onValueChange={(promised) => change({ promised })} />
          <SwitchField label={t('wrap-up.complaint-resolved')} value={shown.resolved} onValueChange={(resolved) => change({ resolved })} />
          <TextField label={t('wrap-up.complaint-resolution')} value={shown.resolution} onValueChange={(resolution) => change({ resolution })} />
        </>
      ) : null}
    </section>
  );
}
