import { useState, type ReactNode } from 'react';
import { useT, type T } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { SwitchField } from '#renderer/ui/SwitchField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { TelephonySettings } from '#shared/domain/telephony/settings.ts';
import type { TelephonyStatus } from '#shared/ipc/telephony.ts';
import css from './Telephony.module.css';

export type EntranceProps = { settings: TelephonySettings; status: TelephonyStatus; onChange: (settings: TelephonySettings) => void };

/** The local entrance: on or off, its port and token. */
export function HttpEntrance({ settings, status, onChange, onNewToken }: EntranceProps & { onNewToken: () => void }): ReactNode {
  const t = useT();
  const { http } = settings;
  return (
    <section className={css['section']} aria-label={t('telephony.http')}>
      <h3>{t('telephony.http')}</h3>
      <SwitchField label={t('telephony.http')} hint={t('telephony.http.hint')} value={http.enabled} onValueChange={(enabled) => onChange({ ...settings, http: { ...http, enabled } })} />
      <p className={css['state']} role="status" data-bad={status.http.kind === 'failed' || undefined}>
        {httpText(status.http, t)}
      </p>
      <div className={css['row']}>
        <Typed value={http.port} min={1_024} max={65_535} label={t('telephony.port')} onDone={(port) => onChange({ ...settings, http: { ...http, port } })} />
        <div className={css['token']}>
          <span className={css['label']}>{t('telephony.token')}</span>
          <code className={css['code']} dir="ltr">
            {status.token}
          </code>
          <span className={css['hint']}>{t('telephony.token.hint')}</span>
        </div>
        <Button size="sm" onClick={onNewToken}>
          {t('telephony.token.new')}
        </Button>
      </div>
    </section>
  );
}

/** Asterisk: where, as whom, for which desk. Saved together, so that a half-typed address is never tried. */
export function AsteriskEntrance({ settings, status, onChange, onPassword }: EntranceProps & { onPassword: (password: string) => void }): ReactNode {
  const t = useT();
  const [draft, setDraft] = useState(settings.ami);
  const [password, setPassword] = useState('');
  const put = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });
  const keep = (part: Partial<typeof draft> = {}): void => onChange({ ...settings, ami: { ...draft, ...part } });
  return (
    <section className={css['section']} aria-label={t('telephony.ami')}>
      <h3>{t('telephony.ami')}</h3>
      <SwitchField
        label={t('telephony.ami.enabled')}
        value={draft.enabled}
        onValueChange={(enabled) => {
          put({ enabled });
          keep({ enabled });
        }}
      />
      <p className={css['state']} role="status" data-bad={status.ami.kind === 'waiting' || undefined}>
        {amiText(status.ami, t)}
      </p>
      <div className={css['row']}>
        <TextField code label={t('telephony.ami.host')} value={draft.host} maxLength={253} onValueChange={(host) => put({ host: host.replaceAll(/[^\w.:-]/g, '') })} onBlur={() => keep()} />
        <Typed value={draft.port} min={1_024} max={65_535} label={t('telephony.port')} onDone={(port) => { put({ port }); keep({ port }); }} />
        <TextField code label={t('telephony.ami.user')} value={draft.user} maxLength={120} onValueChange={(user) => put({ user })} onBlur={() => keep()} />
        <TextField code label={t('telephony.ami.agent')} hint={t('telephony.ami.agent.hint')} value={draft.agent} maxLength={120} onValueChange={(agent) => put({ agent: agent.trim() })} onBlur={() => keep()} />
      </div>
      <div className={css['row']}>
        <TextField type="password" label={t('telephony.ami.password')} {...(status.passwordSet ? { hint: t('telephony.ami.password.kept') } : {})} value={password} maxLength={200} onValueChange={setPassword} />
        <Button
          size="sm"
          onClick={() => {
            onPassword(password);
            setPassword('');
          }}
        >
          {t('telephony.ami.password.save')}
        </Button>
      </div>
      <SwitchField
        label={t('telephony.ami.pauses')}
        value={draft.pauses}
        onValueChange={(pauses) => {
          put({ pauses });
          keep({ pauses });
        }}
      />
    </section>
  );
}

/** What a clicked number becomes. */
export function Dialling({ settings, onChange }: Omit<EntranceProps, 'status'>): ReactNode {
  const t = useT();
  const { dial } = settings;
  return (
    <section className={css['section']} aria-label={t('telephony.dial')}>
      <h3>{t('telephony.dial')}</h3>
      <div className={css['row']}>
        <SelectField label={t('telephony.dial.scheme')} value={dial.scheme} onValueChange={(value) => onChange({ ...settings, dial: { ...dial, scheme: value === 'sip' ? 'sip' : 'tel' } })} options={[{ value: 'tel', label: 'tel:' }, { value: 'sip', label: 'sip:' }]} />
        {dial.scheme === 'tel' ? null : (
          <TextField code label={t('telephony.dial.domain')} value={dial.domain} maxLength={253} onValueChange={(domain) => onChange({ ...settings, dial: { ...dial, domain: domain.replaceAll(/[^\w.:-]/g, '') } })} />
        )}
      </div>
    </section>
  );
}

/** A number that counts once it is whole and in range. */
function Typed({ value, min, max, label, onDone }: { value: number; min: number; max: number; label: string; onDone: (value: number) => void }): ReactNode {
  const [typed, setTyped] = useState<number | null>(value);
  return (
    <NumberField
      label={label}
      value={typed}
      min={min}
      max={max}
      onValueChange={(next) => {
        setTyped(next);
        if (next !== null && Number.isInteger(next) && next >= min && next <= max && next !== value) onDone(next);
      }}
    />
  );
}

function httpText(http: TelephonyStatus['http'], t: T): string {
  switch (http.kind) {
    case 'off':
      return t('telephony.http.off');
    case 'on':
      return t('telephony.http.on', { port: String(http.port) });
    case 'failed':
      return t(`telephony.http.failed.${http.reason}`);
  }
}

function amiText(ami: TelephonyStatus['ami'], t: T): string {
  return ami.kind === 'waiting' ? t(`telephony.ami.state.${ami.reason}`, { seconds: Math.ceil(ami.retryMs / 1_000) }) : t(`telephony.ami.state.${ami.kind}`);
}
