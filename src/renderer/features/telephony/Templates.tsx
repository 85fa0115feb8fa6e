import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { PHONES, templateFor, type Phone } from '#shared/domain/telephony/templates.ts';
import type { TelephonyStatus } from '#shared/ipc/telephony.ts';
import css from './Telephony.module.css';

export type TemplatesProps = { status: TelephonyStatus; port: number; onCopy: (text: string) => void };

/** What to put into the agent's softphone, ready to copy. */
export function Templates({ status, port, onCopy }: TemplatesProps): ReactNode {
  const t = useT();
  const [phone, setPhone] = useState<Phone>('microsip');
  const template = templateFor(phone, { program: status.program, port: status.http.kind === 'on' ? status.http.port : port, token: status.token });
  return (
    <section className={css['section']} aria-label={t('telephony.kinds')}>
      <h3>{t('telephony.kinds')}</h3>
      <SelectField label={t('telephony.phone')} value={phone} onValueChange={(value) => setPhone(PHONES.find((one) => one === value) ?? 'sip')} options={PHONES.map((one) => ({ value: one, label: t(`telephony.phone.${one}`) }))} />
      <p className={css['hint']}>{t(`telephony.where.${phone}`)}</p>
      {template.needsHttp && status.http.kind !== 'on' ? <Banner tone="warn" title={t('telephony.needs-http')} /> : null}
      {template.snippets.map((snippet) => (
        <Snippet key={snippet.text} label={t(`telephony.event.${snippet.event}`)} text={snippet.text} onCopy={onCopy} />
      ))}
    </section>
  );
}

function Snippet({ label, text, onCopy }: { label: string; text: string; onCopy: (text: string) => void }): ReactNode {
  const t = useT();
  const [copied, setCopied] = useState(false);
  return (
    <div className={css['snippet']}>
      <span className={css['event']}>{label}</span>
      <code className={css['code']} dir="ltr">
        {text}
      </code>
      <Button
        size="sm"
        aria-label={`${t('telephony.copy')}: ${label}`}
        onClick={() => {
          onCopy(text);
          setCopied(true);
          setTimeout(() => setCopied(false), 2_000);
        }}
      >
        {t(copied ? 'telephony.copied' : 'telephony.copy')}
      </Button>
    </div>
  );
}
