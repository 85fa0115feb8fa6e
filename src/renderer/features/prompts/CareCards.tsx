import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import type { Care } from '#shared/ipc/guidance.ts';
import css from './PromptPane.module.css';

/** A death: what comes first, and what has no place in this call. */
export function BereavementCard({ onScript }: { onScript: (() => void) | undefined }): ReactNode {
  const t = useT();
  return (
    <div className={css['card']} role="group" aria-label={t('card.bereavement')}>
      <p className={css['strong']}>{t('card.bereavement.first')}</p>
      <p>{t('card.bereavement.never')}</p>
      <p>{t('card.bereavement.pause')}</p>
      <p>{t('card.bereavement.letters')}</p>
      {onScript === undefined ? null : (
        <div>
          <Button size="sm" onClick={onScript}>
            {t('card.bereavement.script')}
          </Button>
        </div>
      )}
    </div>
  );
}

export type CareActions = {
  load(): Promise<Care>;
  consent(given: boolean): Promise<Care>;
  note(text: string): Promise<Care>;
};

/** A pause of this length saves the note (ms). */
const PAUSE_MS = 600;

/** Somebody who needs more care: no note without a clear yes, and a note that is kept apart. */
export function CareCard({ callId, actions, onScript }: { callId: string; actions: CareActions; onScript: (() => void) | undefined }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [care, setCare] = useState<Care>();
  const [text, setText] = useState<string>();
  const [failed, setFailed] = useState(false);
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let current = true;
    void latest.current.load().then((loaded) => current && setCare(loaded), () => current && setFailed(true));
    return () => {
      current = false;
    };
  }, [callId]);
  const take = (reply: Promise<Care>): void =>
    void reply.then(
      (next) => {
        setCare(next);
        setFailed(false);
      },
      () => setFailed(true),
    );
  useEffect(() => {
    if (text === undefined || text === care?.note) return undefined;
    const timer = setTimeout(() => take(latest.current.note(text)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, care?.note]);

  const given = care?.consent?.given === true;
  const day = given && care?.consent !== undefined ? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(care.consent.at) : undefined;
  return (
    <div className={css['card']} role="group" aria-label={t('card.vulnerable')}>
      <p>{t('card.vulnerable.lead')}</p>
      <CheckField
        label={t('card.consent')}
        value={given}
        disabled={care === undefined}
        hint={day === undefined ? t('card.consent-none') : t('card.consent-given', { day })}
        onValueChange={(next) => {
          if (!next) setText('');
          take(latest.current.consent(next));
        }}
      />
      {given ? (
        <NoteArea
          label={t('card.note')}
          fit="grow"
          minRows={2}
          maxRows={5}
          value={text ?? care?.note ?? ''}
          onValueChange={setText}
          maxLength={4_000}
          hint={failed ? t('card.note-failed') : text !== undefined && text === care?.note && text !== '' ? t('card.note-saved') : t('card.note-hint', { days: care?.keptDays ?? 1 })}
          onBlur={() => {
            if (text !== undefined && text !== care?.note) take(latest.current.note(text));
          }}
          onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
        />
      ) : null}
      {onScript === undefined ? null : (
        <div>
          <Button size="sm" variant="quiet" onClick={onScript}>
            {t('card.vulnerable.script')}
          </Button>
        </div>
      )}
    </div>
  );
}
