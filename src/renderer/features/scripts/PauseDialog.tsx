import { useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { readDueWords } from '#shared/domain/follow-ups/due-words.ts';
import css from './ScriptPane.module.css';

export type PauseRequest = { text: string; dueAt: number; dueWords: string };
export type PauseDialogProps = { suggestion: string; onSave: (request: PauseRequest) => Promise<boolean>; onClose: () => void };

/** Puts the script aside until a call-back: what it is about, and when, in the agent's own words. */
export function PauseDialog({ suggestion, onSave, onClose }: PauseDialogProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [text, setText] = useState(suggestion);
  const [words, setWords] = useState('');
  const [failed, setFailed] = useState(false);
  const due = words.trim() === '' ? undefined : readDueWords(words, Date.now(), { language });
  const when = due === undefined ? undefined : new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(due.at);
  const save = (): void => {
    if (due === undefined || text.trim() === '') return;
    void onSave({ text: text.trim(), dueAt: due.at, dueWords: words.trim() }).then((saved) => (saved ? onClose() : setFailed(true)));
  };
  return (
    <Dialog open onClose={onClose} title={t('script.pause-title')} closeLabel={t('common.close')}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className={css['empty']}>{t('script.pause-lead')}</p>
        <TextField
          label={t('script.pause-when')}
          value={words}
          onValueChange={setWords}
          autoFocus
          hint={when === undefined ? t('script.pause-when-hint') : t('script.pause-when-read', { when })}
          error={words.trim() !== '' && due === undefined ? t('script.pause-when-unread') : undefined}
        />
        <TextField label={t('script.pause-what')} value={text} onValueChange={setText} maxLength={1_000} error={failed ? t('script.pause-failed') : undefined} />
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={due === undefined || text.trim() === ''}>
            {t('script.pause-save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
