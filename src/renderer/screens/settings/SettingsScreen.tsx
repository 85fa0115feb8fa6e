import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { SwitchField } from '#renderer/ui/SwitchField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { SECTORS } from '#shared/domain/common.ts';
import { DeskGroups } from './DeskGroups.tsx';
import { countryOptions } from './countries.ts';
import { PolicySection, useLocks } from './PolicySection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import { Section } from './Section.tsx';
import css from './Settings.module.css';

const LANGUAGES = ['en', 'de'] as const;
const SIZES = [100, 115, 125, 150, 175, 200] as const;

/** Everything an agent can set, saved as it is changed. */
export function SettingsScreen({ more }: { more?: ReactNode }): ReactNode {
  const t = useT();
  const { settings } = useDesk();
  const lock = useLocks();
  const now = useStore(settings);
  const update = (patch: Parameters<typeof settings.actions.update>[0]): void => void settings.actions.update(patch);
  const countries = useMemo(() => countryOptions(now.language), [now.language]);
  const names = new Intl.DisplayNames([now.language], { type: 'language' });
  return (
    <Pane title={t('settings.title')}>
      <div className={css['root']}>
        <Section title={t('settings.you')}>
          <SavedText label={t('settings.agent-name')} value={now.agentName} onSave={(agentName) => update({ agentName })} />
          <SavedText label={t('settings.company')} value={now.company} onSave={(company) => update({ company })} />
          <SelectField
            label={t('settings.sector')}
            value={now.sector}
            onValueChange={(value) => update({ sector: SECTORS.find((one) => one === value) ?? 'retail' })}
            options={SECTORS.map((value) => ({ value, label: t(`settings.sector.${value}`) }))}
          />
          <SelectField label={t('settings.country')} value={now.country} onValueChange={(country) => update({ country })} options={countries} searchable hint={lock('country')} disabled={lock('country') !== undefined} />
          <DeskGroups />
        </Section>
        <Section title={t('settings.look')}>
          <SelectField label={t('settings.language')} value={now.language} onValueChange={(language) => update({ language })} options={LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value }))} />
          <SegmentedField
            label={t('settings.theme')}
            value={now.theme}
            onValueChange={(value) => update({ theme: (['system', 'light', 'dark', 'contrast'] as const).find((one) => one === value) ?? 'system' })}
            options={(['system', 'light', 'dark', 'contrast'] as const).map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          />
          <SegmentedField label={t('settings.text-size')} value={String(now.textSize)} onValueChange={(value) => update({ textSize: Number(value) })} options={SIZES.map((value) => ({ value: String(value), label: t('settings.percent', { value }) }))} />
          <SegmentedField
            label={t('settings.motion')}
            value={now.reducedMotion}
            onValueChange={(value) => update({ reducedMotion: (['system', 'on', 'off'] as const).find((one) => one === value) ?? 'system' })}
            options={(['system', 'on', 'off'] as const).map((value) => ({ value, label: t(`settings.motion.${value}`) }))}
          />
        </Section>
        <Section title={t('settings.calls')}>
          <SegmentedField
            label={t('settings.wording')}
            value={now.wording}
            onValueChange={(value) => update({ wording: value === 'cue' ? 'cue' : 'full' })}
            options={[
              { value: 'full', label: t('script.full') },
              { value: 'cue', label: t('script.cue') },
            ]}
          />
          <SegmentedField
            label={t('settings.tone')}
            value={now.tone}
            onValueChange={(value) => update({ tone: value === 'formal' ? 'formal' : 'plain' })}
            options={[
              { value: 'plain', label: t('prompts.tone.plain') },
              { value: 'formal', label: t('prompts.tone.formal') },
            ]}
          />
          <div className={css['short']}>
            <NumberField label={t('settings.retention')} value={now.retentionDays} min={1} max={3_650} hint={lock('retentionDays')} disabled={lock('retentionDays') !== undefined} onValueChange={(value) => (value === null ? undefined : update({ retentionDays: value }))} />
          </div>
        </Section>
        <Section title={t('settings.privacy')}>
          <SwitchField label={t('settings.miss-log')} value={now.missLog} {...locked(lock('missLog'))} onValueChange={(missLog) => update({ missLog })} />
          <PrivacySection />
        </Section>
        {more}
        <PolicySection />
      </div>
    </Pane>
  );
}

/** A switch that the organisation holds, with the sentence why. */
function locked(why: string | undefined): { hint?: string; disabled?: boolean } {
  return why === undefined ? {} : { hint: why, disabled: true };
}

/** Saved when the field is left, so that half a name is never said to a caller. */
function SavedText({ label, value, onSave }: { label: string; value: string; onSave: (value: string) => void }): ReactNode {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return <TextField label={label} value={text} onValueChange={setText} onBlur={() => (text.trim() === value ? undefined : onSave(text.trim()))} />;
}
