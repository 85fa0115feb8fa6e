import { useEffect, useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { readDueWords } from '#shared/domain/follow-ups/due-words.ts';
import { FOLLOW_UP_KINDS, type CreateFollowUp, type FollowUpKind } from '#shared/domain/follow-ups/schema.ts';
import css from './follow-ups.module.css';

export type FollowUpFormProps = {
  /** Whom and which call it is for. */
  about: Pick<CreateFollowUp, 'callId' | 'name' | 'number'>;
  onAdd: (input: CreateFollowUp) => Promise<void>;
  /** Whether something stands here that is not added yet. */
  onHalf?: (half: boolean) => void;
};

/** A promise in one line: what, and when in the agent's own words. */
export function FollowUpForm({ about, onAdd, onHalf }: FollowUpFormProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [kind, setKind] = useState<FollowUpKind>('call-back');
  const [text, setText] = useState('');
  const [words, setWords] = useState('');
  const read = words.trim() === '' ? undefined : readDueWords(words, Date.now(), { language });
  const half = text.trim() !== '' || words.trim() !== '';
  useEffect(() => onHalf?.(half), [half, onHalf]);
  const ready = text.trim() !== '' && read !== undefined;

  const add = (): void => {
    if (!ready || read === undefined) return;
    const { callId, name, number } = about;
    const who = { ...(callId === undefined ? {} : { callId }), ...(name === undefined ? {} : { name }), ...(number === undefined ? {} : { number }) };
    void onAdd({ kind, text: text.trim(), dueAt: read.at, dueWords: words.trim(), ...who }).then(() => {
      // Only what is stored leaves the form.
      setText('');
      setWords('');
    });
  };

  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <SegmentedField
        label={t('follow-up.kind')}
        hideLabel
        value={kind}
        onValueChange={(value) => setKind(FOLLOW_UP_KINDS.find((one) => one === value) ?? 'call-back')}
        options={FOLLOW_UP_KINDS.map((value) => ({ value, label: t(`follow-up.kind.${value}`) }))}
      />
      <TextField label={t('follow-up.text')} value={text} onValueChange={setText} />
      <TextField
        label={t('follow-up.due')}
        value={words}
        onValueChange={setWords}
        hint={read === undefined ? t('follow-up.due-hint') : t('follow-up.due-read', { when: whenText(read.at, language) })}
        error={words.trim() !== '' && read === undefined ? t('follow-up.due-unread') : undefined}
      />
      <div>
        <Button type="submit" size="sm" disabled={!ready}>
          {t('follow-up.add')}
        </Button>
      </div>
    </form>
  );
}

/** A due time as people say it, with the day when it is not today. */
export function whenText(at: number, language: string, now = Date.now()): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, sameDay ? { hour: '2-digit', minute: '2-digit' } : { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(at);
}
