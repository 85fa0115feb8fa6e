import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { SwitchField } from '#renderer/ui/SwitchField.tsx';
import { COPY_FORMS, LONGEST_WRAP_UP_S, type WrapUpSettings } from '#shared/domain/calls/wrap-up-settings.ts';
import { Section } from './Section.tsx';

/** Seconds suggested when the closing is switched on. */
const USUAL_S = 60;

/** What goes to the CRM, and whether a finished wrap-up closes by itself. */
export function WrapUpSection(): ReactNode {
  const t = useT();
  const { settings } = useDesk();
  const { wrapUp } = useStore(settings);
  const [own, setOwn] = useState(wrapUp.ownForm);
  useEffect(() => setOwn(wrapUp.ownForm), [wrapUp.ownForm]);
  const update = (patch: Partial<WrapUpSettings>): void => void settings.actions.update({ wrapUp: { ...wrapUp, ...patch } });
  return (
    <Section title={t('settings.wrap-up')}>
      <SelectField label={t('settings.copy-as')} value={wrapUp.copyAs} onValueChange={(value) => update({ copyAs: COPY_FORMS.find((one) => one === value) ?? 'plain' })} options={COPY_FORMS.map((value) => ({ value, label: t(`wrap-up.template.${value}`) }))} />
      {wrapUp.copyAs === 'own' ? (
        <NoteArea label={t('wrap-up.template.own')} hint={t('settings.own-form-hint')} fit="grow" minRows={4} maxRows={12} maxLength={4_000} spellCheck={false} value={own} onValueChange={setOwn} onBlur={() => (own === wrapUp.ownForm ? undefined : update({ ownForm: own }))} />
      ) : null}
      <SwitchField label={t('settings.closes')} hint={t('settings.closes-hint')} value={wrapUp.closesAfter > 0} onValueChange={(on) => update({ closesAfter: on ? USUAL_S : 0 })} />
      {wrapUp.closesAfter === 0 ? null : (
        <NumberField label={t('settings.closes-after')} unit="s" value={wrapUp.closesAfter} min={5} max={LONGEST_WRAP_UP_S} onValueChange={(value) => (value === null || value < 5 || value > LONGEST_WRAP_UP_S ? undefined : update({ closesAfter: value }))} />
      )}
    </Section>
  );
}
