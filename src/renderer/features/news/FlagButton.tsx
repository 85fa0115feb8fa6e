import { IconFlag } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { Flag, FlagSubject } from '#shared/domain/news/flag.ts';
import css from './news.module.css';
import type { NewsStore } from './news.store.ts';

/** What was written and not sent, by what it is about: the card or the step may go away with the call, the words may not. */
const written = new Map<string, { problem: Flag['problem']; text: string }>();

const PROBLEMS = ['wrong', 'unclear', 'out-of-date'] as const;

/** The small flag on a card, a step or a line: one sentence, and on with the call. */
export function FlagButton({ about, actions }: { about: FlagSubject; actions: Pick<NewsStore['actions'], 'flag'> }): ReactNode {
  const t = useT();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [{ problem, text }, setFlag] = useState<{ problem: Flag['problem']; text: string }>({ problem: 'wrong', text: '' });
  const place = `${about.kind} ${about.key} ${about.part ?? ''}`;
  const write = (next: { problem: Flag['problem']; text: string }): void => {
    if (next.text === '') written.delete(place);
    else written.set(place, next);
    setFlag(next);
  };
  const [busy, setBusy] = useState(false);
  const send = (): void => {
    setBusy(true);
    void actions
      .flag({ about: { ...about, title: about.title.slice(0, 400) }, problem, text: text.trim() })
      .then(
        () => {
          setOpen(false);
          write({ problem: 'wrong', text: '' });
          toast({ tone: 'ok', title: t('flags.kept') });
        },
        // The words stay where they are until they are stored.
        () => toast({ tone: 'error', title: t('common.failed') }),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <IconButton label={t('flags.do')} icon={<IconFlag />} onClick={() => { setFlag(written.get(place) ?? { problem, text: '' }); setOpen(true); }} />
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('flags.title', { title: about.title })}
        closeLabel={t('common.close')}
        size="sm"
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
            <Button variant="primary" busy={busy} onClick={send}>
              {t('flags.send')}
            </Button>
          </>
        }
      >
        <div className={css['form']}>
          <SegmentedField label={t('flags.problem')} value={problem} onValueChange={(value) => write({ problem: PROBLEMS.find((one) => one === value) ?? 'wrong', text })} options={PROBLEMS.map((value) => ({ value, label: t(`flags.problem.${value}`) }))} />
          <NoteArea label={t('flags.text')} hint={t('flags.hint')} value={text} onValueChange={(next) => write({ problem, text: next })} fit="grow" minRows={3} maxRows={8} maxLength={4_000} data-autofocus />
        </div>
      </Dialog>
    </>
  );
}
