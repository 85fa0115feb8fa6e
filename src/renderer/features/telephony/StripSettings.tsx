import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SwitchField } from '#renderer/ui/SwitchField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { Settings, SettingsPatch } from '#shared/domain/settings.ts';
import { shortcutSettingsSchema, type ShortcutId } from '#shared/domain/telephony/settings.ts';
import type { TelephonyStatus } from '#shared/ipc/telephony.ts';
import css from './Telephony.module.css';

export type StripSettingsProps = { settings: Settings; shortcuts: TelephonyStatus['shortcuts']; onChange: (patch: SettingsPatch) => void };

/** The strip, the tray, and the keys that work while other programs are in front. */
export function StripSettings({ settings, shortcuts, onChange }: StripSettingsProps): ReactNode {
  const t = useT();
  const { strip, tray } = settings;
  return (
    <section className={css['section']} aria-label={t('telephony.strip')}>
      <h3>{t('telephony.strip')}</h3>
      <SwitchField label={t('telephony.strip.shown')} value={strip.shown} onValueChange={(shown) => onChange({ strip: { ...strip, shown } })} />
      <SegmentedField
        label={t('telephony.strip.edge')}
        value={strip.edge}
        onValueChange={(edge) => onChange({ strip: { ...strip, edge: edge === 'bottom' ? 'bottom' : 'top' } })}
        options={[
          { value: 'top', label: t('telephony.strip.edge.top') },
          { value: 'bottom', label: t('telephony.strip.edge.bottom') },
        ]}
      />
      <SwitchField label={t('telephony.tray.closes')} value={tray.closes} onValueChange={(closes) => onChange({ tray: { ...tray, closes } })} />
      <h3>{t('telephony.shortcuts')}</h3>
      <div className={css['row']}>
        {(['strip', 'search'] as const).map((id) => (
          <Shortcut key={id} id={id} keys={settings.shortcuts[id]} taken={shortcuts[id] === 'taken'} onKeys={(keys) => onChange({ shortcuts: { ...settings.shortcuts, [id]: keys } })} />
        ))}
      </div>
    </section>
  );
}

function Shortcut({ id, keys, taken, onKeys }: { id: ShortcutId; keys: string; taken: boolean; onKeys: (keys: string) => void }): ReactNode {
  const t = useT();
  const [typed, setTyped] = useState(keys);
  const valid = typed === '' || (shortcutSettingsSchema.shape[id].safeParse(typed).success && /\+[A-Za-z0-9]+$/.test(typed));
  const error = !valid ? t('telephony.shortcut.invalid') : taken && typed === keys ? t('telephony.shortcut.taken') : undefined;
  return (
    <TextField
      code
      label={t(`telephony.shortcut.${id}`)}
      hint={t('telephony.shortcut.hint')}
      value={typed}
      maxLength={60}
      {...(error === undefined ? {} : { error })}
      onValueChange={(next) => setTyped(next.replaceAll(/\s/g, ''))}
      onBlur={() => {
        if (valid && typed !== keys) onKeys(typed);
      }}
    />
  );
}
